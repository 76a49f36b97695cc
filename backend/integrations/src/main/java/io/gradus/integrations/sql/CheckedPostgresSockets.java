package io.gradus.integrations.sql;

import io.gradus.integrations.egress.EgressSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/// The sockets of PostgreSQL's driver, which makes their factory by its class's name and a text.
public final class CheckedPostgresSockets extends SocketFactory {
  private static final ConcurrentHashMap<String, EgressSockets> KNOWN = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final EgressSockets sockets;

  /// Called by the driver.
  ///
  /// @param name of [#name]
  public CheckedPostgresSockets(String name) {
    EgressSockets known = KNOWN.get(name);
    if (known == null) {
      throw new IllegalArgumentException("expected the name of open sockets, found " + name);
    }
    this.sockets = known;
  }

  /// The text by which the driver finds these sockets, until they are forgotten.
  static String name(EgressSockets sockets) {
    String name = "sockets-" + NUMBERS.incrementAndGet();
    KNOWN.put(name, sockets);
    return name;
  }

  static void forget(String name) {
    KNOWN.remove(name);
  }

  @Override
  public Socket createSocket() {
    return sockets.createSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return sockets.createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return sockets.createSocket(host, port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return sockets.createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return sockets.createSocket(host, port, local, localPort);
  }
}
