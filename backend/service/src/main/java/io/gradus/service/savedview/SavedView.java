package io.gradus.service.savedview;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A list of executions that somebody gave a name to.
///
/// @param id opaque
/// @param owner who made it, as the audit log names them
/// @param query what it filters, as [ViewQuery] writes it; empty where it filters nothing
/// @param shared whether everyone in the tenant sees it, or only its owner
/// @param changedAt when its name, its query or its sharing was last changed
public record SavedView(
    String id,
    String owner,
    String name,
    String query,
    boolean shared,
    Instant createdAt,
    Instant changedAt) {
  /// So many a person may have, shared or not.
  public static final int MAX_OWNED = 50;

  /// So many a tenant may share.
  public static final int MAX_SHARED = 200;

  /// A name's most characters.
  public static final int MAX_NAME = 80;

  /// What somebody wants to keep.
  ///
  /// @param query the parameters of the list's address, without the question mark
  public record Draft(String name, String query, boolean shared) {}

  /// What is to be other than it was; null stays.
  ///
  /// @param query the parameters of the list's address, without the question mark
  public record Changes(@Nullable String name, @Nullable String query, @Nullable Boolean shared) {
    /// Another name.
    public static Changes rename(String name) {
      return new Changes(name, null, null);
    }

    /// Another list.
    public static Changes list(String query) {
      return new Changes(null, query, null);
    }

    /// Shown to everyone, or not any more.
    public static Changes share(boolean shared) {
      return new Changes(null, null, shared);
    }
  }
}
