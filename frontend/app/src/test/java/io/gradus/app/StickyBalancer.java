package io.gradus.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/// A balancer that leads a visitor to the same server again and again, and to the next one when
/// that one is gone.
final class StickyBalancer implements AutoCloseable {
  private final ServerSocket socket;
  private final List<Integer> ports;

  StickyBalancer(List<Integer> ports) throws IOException {
    this.ports = List.copyOf(ports);
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  String address() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private void accept() {
    int at = 0;
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Socket server = null;
        for (int tried = 0; server == null && tried < ports.size(); tried++) {
          try {
            server = new Socket(InetAddress.getLoopbackAddress(), ports.get(at));
          } catch (IOException _) {
            at = (at + 1) % ports.size();
          }
        }
        if (server == null) {
          client.close();
        } else {
          RoundRobin.join(client, server);
        }
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
