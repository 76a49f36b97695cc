package io.gradus.bench.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// The way from one node to the database: it can be slow, silent, closed, or break off exactly
/// where a group is committed.
final class DatabaseProxy implements AutoCloseable {
  /// Where the next group's connection breaks off.
  enum Cut {
    NONE,
    /// The group never reaches the database.
    BEFORE_COMMIT,
    /// The group is committed, and its node never hears of it.
    AFTER_COMMIT
  }

  /// As the engine's committers name themselves to PostgreSQL.
  private static final String COMMITTER = "gradus-committer";

  /// A committer's message of more bytes than this holds a group, not a probe.
  private static final int GROUP_BYTES = 300;

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NONE);
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile int target;
  private volatile boolean silent;
  private volatile boolean closed;
  private volatile int delayMs;

  DatabaseProxy(int target) throws IOException {
    this.target = target;
    server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("proxy").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /// Where new connections go from now on.
  void target(int port) {
    target = port;
  }

  void cutNext(Cut where) {
    cut.set(where);
  }

  /// How many groups were broken off.
  int cuts() {
    return cuts.get();
  }

  /// Half-open: connections stay, and nothing comes through in either direction.
  void silent(boolean value) {
    silent = value;
  }

  /// Breaks every connection and accepts none.
  void closed(boolean value) {
    closed = value;
    if (value) {
      open.forEach(DatabaseProxy::drop);
    }
  }

  /// How long each message takes longer, in milliseconds.
  void delay(int ms) {
    delayMs = ms;
  }

  /// Ends every fault.
  void heal() {
    cut.set(Cut.NONE);
    silent = false;
    closed = false;
    delayMs = 0;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket node = server.accept();
        if (closed) {
          drop(node);
          continue;
        }
        link(node);
      } catch (IOException _) {
        // The proxy is closed, or the database is down just now.
      }
    }
  }

  private void link(Socket node) throws IOException {
    open.add(node);
    Socket database;
    try {
      database = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      drop(node);
      throw e;
    }
    open.add(database);
    node.setTcpNoDelay(true);
    database.setTcpNoDelay(true);
    Link link = new Link(node, database);
    Thread.ofPlatform().daemon().name("proxy-up").start(() -> link.pump(true));
    Thread.ofPlatform().daemon().name("proxy-down").start(() -> link.pump(false));
  }

  /// Both directions of one connection.
  private final class Link {
    private final Socket node;
    private final Socket database;
    private boolean committer;
    private volatile boolean swallowing;

    Link(Socket node, Socket database) {
      this.node = node;
      this.database = database;
    }

    void pump(boolean up) {
      byte[] buffer = new byte[1 << 18];
      try {
        InputStream in = (up ? node : database).getInputStream();
        OutputStream out = (up ? database : node).getOutputStream();
        for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
          if (!(up ? passesUp(buffer, n) : !swallowing)) {
            break;
          }
          dawdle();
          out.write(buffer, 0, n);
          out.flush();
        }
      } catch (IOException _) {
        // Closed from either end.
      }
      drop(node);
      drop(database);
      open.remove(node);
      open.remove(database);
    }

    private boolean passesUp(byte[] buffer, int n) {
      if (!committer) {
        committer = new String(buffer, 0, n, StandardCharsets.ISO_8859_1).contains(COMMITTER);
        return true;
      }
      if (n <= GROUP_BYTES || cut.get() == Cut.NONE) {
        return true;
      }
      Cut now = cut.getAndSet(Cut.NONE);
      if (now == Cut.NONE) {
        return true;
      }
      cuts.incrementAndGet();
      swallowing = true;
      return now == Cut.AFTER_COMMIT;
    }

    private void dawdle() {
      if (delayMs > 0) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delayMs));
      }
      while (silent && !node.isClosed()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    }
  }

  private static void drop(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(DatabaseProxy::drop);
  }
}
