package io.gradus.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Says which process owns a data directory. It is the operating system's lock on an open file, so
/// it ends with its process however that dies, and no process id has to be believed.
///
/// POSIX drops a process' lock as soon as that process closes any descriptor of the file. So this
/// class alone opens the file, at most once per process: what is held here is remembered, and the
/// owner's process id is in a file beside it.
final class DataDirectoryLock implements AutoCloseable {
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DataDirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /// Takes the lock, or says who has it.
  ///
  /// @throws DataDirectoryInUseException when another process, or another cluster in this one,
  ///   holds it
  static DataDirectoryLock take(Path dataDirectory) throws IOException {
    Path directory = dataDirectory.toRealPath();
    Path owner = directory.resolve("gradus.pid");
    if (!HELD_HERE.add(directory)) {
      throw inUse(directory, Long.toString(ProcessHandle.current().pid()));
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel =
          FileChannel.open(
              directory.resolve("gradus.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      locked = channel.tryLock() != null;
      if (!locked) {
        throw inUse(directory, Files.exists(owner) ? Files.readString(owner).strip() : "unknown");
      }
      Files.writeString(owner, ProcessHandle.current().pid() + "\n");
      return new DataDirectoryLock(directory, channel);
    } finally {
      if (!locked) {
        HELD_HERE.remove(directory);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static DataDirectoryInUseException inUse(Path directory, String process) {
    return new DataDirectoryInUseException(
        "Another Gradus (process %s) is using the data directory %s: stop that one, or give this one a directory of its own with --data."
            .formatted(process, directory));
  }

  /// Gives the directory back. The file stays: removing it would let two later processes lock two
  /// different files.
  @Override
  public void close() throws IOException {
    channel.close();
    HELD_HERE.remove(directory);
  }
}
