package io.gradus.postgres;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How PostgreSQL's programs are run, which refuse to be root: as they are for an ordinary user; in
/// a user namespace of their own, where root is nobody but still owns its files; or, where
/// namespaces are forbidden, as another user.
///
/// @param prefix stands before every command
/// @param user owns the cluster's files; null where they stay the starter's own
record Unprivileged(List<String> prefix, @Nullable String user) {
  private static final List<String> USERS = List.of("postgres", "nobody");

  Unprivileged {
    prefix = List.copyOf(prefix);
  }

  /// Finds the way that works here.
  ///
  /// @param owner who owns the cluster's files already; null when there are none yet
  /// @throws PostgresUnavailableException when this is root and no way works
  static Unprivileged find(@Nullable String owner) throws IOException {
    if (!isRoot()) {
      return new Unprivileged(List.of(), null);
    }
    if (owner == null || owner.equals("root")) {
      List<String> namespace = List.of("unshare", "-U");
      if (works(namespace)) {
        return new Unprivileged(namespace, null);
      }
    }
    for (String user : owner == null || owner.equals("root") ? USERS : List.of(owner)) {
      List<String> change = List.of("setpriv", "--reuid=" + user, "--clear-groups");
      if (works(change)) {
        return new Unprivileged(change, user);
      }
    }
    throw new PostgresUnavailableException(
        "PostgreSQL refuses to run as root, and neither `unshare -U` nor `setpriv` to the user postgres works here: start Gradus as an ordinary user, or name a database with GRADUS_DATABASE_URL.");
  }

  List<String> command(List<String> program) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(program);
    return command;
  }

  /// Gives a file to the user that will read it.
  void hand(Path file) throws IOException {
    if (user != null) {
      UserPrincipal principal =
          FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user);
      Files.setOwner(file, principal);
    }
  }

  private static boolean isRoot() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self)
        ? Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"))
        : "root".equals(System.getProperty("user.name"));
  }

  private static boolean works(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    try {
      return Command.run(command).succeeded();
    } catch (IOException e) {
      return false;
    }
  }
}
