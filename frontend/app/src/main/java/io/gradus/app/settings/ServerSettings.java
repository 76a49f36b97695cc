package io.gradus.app.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where this node listens, what it does, and where it keeps its files.
///
/// @param port of console and API together
/// @param bind the address to listen on; everything but loopback opens the server to others
/// @param dataDir holds the embedded database, the first login and nothing that may be lost
/// @param roles what this node does
/// @param region stands in every ARN
/// @param metricsToken opens `/actuator/prometheus` to callers that are not on this machine; null
///   keeps them out
/// @param nodeName tells this node from its peers, and must be its own again after a restart; null
///   takes the host's name and port
/// @param formerMasterKey what the master key was before, or will be: secrets that it sealed open,
///   and are sealed anew under the master key
/// @param publicUrl where people reach the console, for links in mails; null is this machine's own
///   address
@ConfigurationProperties("gradus")
public record ServerSettings(
    @DefaultValue("8080") int port,
    @DefaultValue("127.0.0.1") String bind,
    @DefaultValue("data") Path dataDir,
    @DefaultValue({"console", "api", "engine"}) Set<Role> roles,
    @DefaultValue("us-east-1") String region,
    @Nullable String metricsToken,
    @Nullable String nodeName,
    @Nullable String masterKey,
    @Nullable String formerMasterKey,
    @Nullable URI publicUrl) {

  /// One of the things a node can do.
  public enum Role {
    /// The pages in the browser.
    CONSOLE,
    /// The Step Functions API and the management API.
    API,
    /// Moving executions and firing timers.
    ENGINE
  }

  /// Refuses what could not work.
  public ServerSettings {
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("gradus.roles needs at least one of console, api, engine");
    }
    roles = Set.copyOf(roles);
    if (publicUrl != null
        && !Set.of("http", "https").contains(String.valueOf(publicUrl.getScheme()))) {
      throw new IllegalArgumentException("gradus.public-url must be an http or https address");
    }
  }

  /// Where people reach the console.
  public URI console() {
    if (publicUrl != null) {
      return publicUrl;
    }
    boolean everywhere = bind.equals("0.0.0.0") || bind.equals("::");
    String host = everywhere ? "127.0.0.1" : bind.indexOf(':') >= 0 ? "[" + bind + "]" : bind;
    return URI.create("http://" + host + ":" + port);
  }

  /// Says no secret.
  @Override
  public String toString() {
    return "ServerSettings[bind=%s, port=%d, roles=%s]".formatted(bind, port, roles);
  }
}
