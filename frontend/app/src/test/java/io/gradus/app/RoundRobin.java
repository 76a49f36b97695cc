package io.gradus.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/// The simplest balancer there is: each connection goes to the next server, whatever it carries.
final class RoundRobin implements AutoCloseable {
  private final ServerSocket socket;
  private final List<Integer> ports;

  RoundRobin(List<Integer> ports) throws IOException {
    this.ports = List.copyOf(ports);
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  String address() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private void accept() {
    for (int next = 0; !socket.isClosed(); next = (next + 1) % ports.size()) {
      try {
        Socket client = socket.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), ports.get(next));
        join(client, server);
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /// Carries what one says to the other, both ways, until one ends.
  static void join(Socket client, Socket server) {
    Thread.startVirtualThread(() -> copy(client, server));
    Thread.startVirtualThread(() -> copy(server, client));
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException _) {
      // One side has ended; the other one is closed with it.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
