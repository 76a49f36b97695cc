package io.gradus.runtime.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Stands between a node and its database, and cuts, freezes or refuses connections.
final class CuttingProxy implements AutoCloseable {
  /// Where a committer's connection is cut.
  enum Cut {
    NONE,
    /// The group never reaches the database.
    BEFORE,
    /// The database has it, the answer never arrives.
    AFTER
  }

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NONE);
  private final AtomicInteger cuts = new AtomicInteger();
  private final Object thaw = new Object();
  private boolean frozen;
  private volatile boolean refusing;

  CuttingProxy(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /// Cuts at the next group that a committer sends.
  void cutNext(Cut where) {
    next.set(where);
  }

  int cuts() {
    return cuts.get();
  }

  /// Holds everything that is sent, in both directions, until [#unfreeze].
  void freeze() {
    synchronized (thaw) {
      frozen = true;
    }
  }

  void unfreeze() {
    synchronized (thaw) {
      frozen = false;
      thaw.notifyAll();
    }
  }

  /// Closes every connection and refuses new ones, as a server that restarts does.
  void refuse(boolean refuse) {
    refusing = refuse;
    if (refuse) {
      sockets.forEach(CuttingProxy::close);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (refusing) {
          close(client);
          continue;
        }
        Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        database.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(database);
        var link = new Link();
        Thread.ofPlatform().daemon().start(() -> pumpUp(client, database, link));
        Thread.ofPlatform().daemon().start(() -> pumpDown(database, client, link));
      } catch (IOException _) {
        // The proxy closes, or a client has gone.
      }
    }
  }

  /// One connection.
  private static final class Link {
    boolean committer;
    volatile boolean swallowsAnswer;
  }

  private void pumpUp(Socket from, Socket to, Link link) {
    byte[] buffer = new byte[256 * 1_024];
    try {
      InputStream in = from.getInputStream();
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        awaitThaw();
        if (!link.committer) {
          String text = new String(Arrays.copyOf(buffer, n), StandardCharsets.ISO_8859_1);
          link.committer = text.contains("gradus-committer");
        } else if (n > 300 && next.get() != Cut.NONE) {
          Cut cut = next.getAndSet(Cut.NONE);
          cuts.incrementAndGet();
          if (cut == Cut.BEFORE) {
            break;
          }
          link.swallowsAnswer = true;
        }
        to.getOutputStream().write(buffer, 0, n);
        to.getOutputStream().flush();
      }
    } catch (IOException _) {
      // Closed from either end.
    }
    close(from);
    close(to);
  }

  private void pumpDown(Socket from, Socket to, Link link) {
    byte[] buffer = new byte[256 * 1_024];
    try {
      InputStream in = from.getInputStream();
      for (int n = in.read(buffer); n > 0 && !link.swallowsAnswer; n = in.read(buffer)) {
        awaitThaw();
        to.getOutputStream().write(buffer, 0, n);
        to.getOutputStream().flush();
      }
    } catch (IOException _) {
      // Closed from either end.
    }
    close(from);
    close(to);
  }

  private void awaitThaw() {
    synchronized (thaw) {
      while (frozen) {
        try {
          thaw.wait();
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is closed already.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sockets.forEach(CuttingProxy::close);
  }
}
