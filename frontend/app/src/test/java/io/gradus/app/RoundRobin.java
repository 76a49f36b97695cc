package io.gradus.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/// The simplest balancer there is: each connection goes to the next server, whatever it carries.
public class RoundRobin implements AutoCloseable {
  private final ServerSocket socket;
  final List<Integer> ports;
  int next;

  RoundRobin(List<Integer> ports) throws IOException {
    this(ports, InetAddress.ofLiteral("127.0.0.1"));
  }

  /// @param at where it listens
  @SuppressWarnings(
      "this-escape") // whoever extends it says where connections go, and keeps nothing
  public RoundRobin(List<Integer> ports, InetAddress at) throws IOException {
    this.ports = List.copyOf(ports);
    this.socket = new ServerSocket(0, 50, at);
    Thread.startVirtualThread(this::accept);
  }

  /// Such as `http://127.0.0.1:40123`.
  public String address() {
    return "http://" + socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort();
  }

  /// A connection to the server whose turn it is.
  Socket connect() throws IOException {
    Socket server = new Socket(InetAddress.getLoopbackAddress(), ports.get(next));
    next = (next + 1) % ports.size();
    return server;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        join(socket.accept());
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /// Carries what one says to the other, both ways, until one ends.
  private void join(Socket client) throws IOException {
    try {
      Socket server = connect();
      Thread.startVirtualThread(() -> copy(client, server));
      Thread.startVirtualThread(() -> copy(server, client));
    } catch (IOException e) {
      client.close();
      throw e;
    }
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
