package io.gradus.app.settings;

import io.gradus.postgres.PostgresBinaries;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which PostgreSQL holds the truth.
///
/// @param url a JDBC address of PostgreSQL 15 or newer; null runs one in the data directory
/// @param username the owner of the schema, who may create roles; only with `url`
/// @param password the owner's; only with `url`
/// @param binaries which programs make a new data directory; only without `url`
/// @param appConnections at most so many for console and API
/// @param engineConnections at most so many for the engine
/// @param platformConnections at most so many for signing in and checking access keys
/// @param timerConnections at most so many for Quartz's store
@ConfigurationProperties("gradus.database")
public record DatabaseSettings(
    @Nullable String url,
    @Nullable String username,
    @Nullable String password,
    @DefaultValue("installed-first") PostgresBinaries.Preference binaries,
    @DefaultValue("16") int appConnections,
    @DefaultValue("12") int engineConnections,
    @DefaultValue("4") int platformConnections,
    @DefaultValue("5") int timerConnections) {

  /// Refuses an address without a name to log in with.
  public DatabaseSettings {
    url = url == null || url.isBlank() ? null : url;
    if (url != null && username == null) {
      throw new IllegalArgumentException(
          "gradus.database.username is needed beside gradus.database.url");
    }
  }

  /// Says no secret.
  @Override
  public String toString() {
    return "DatabaseSettings[url=%s, username=%s]".formatted(url, username);
  }
}
