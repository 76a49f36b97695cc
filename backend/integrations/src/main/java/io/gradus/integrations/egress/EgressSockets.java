package io.gradus.integrations.egress;

import io.gradus.integrations.egress.EgressFailure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import javax.net.SocketFactory;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;

/// Sockets for libraries that speak other protocols than HTTP: they connect to nothing that the
/// policy does not permit. The address that is checked is the one that is connected to.
public final class EgressSockets extends SocketFactory implements AutoCloseable {
  private final EgressPolicy policy;
  private final BoundedNames names = new BoundedNames(SystemDefaultDnsResolver.INSTANCE);

  /// @param policy for what tenants configure
  public EgressSockets(EgressPolicy policy) {
    this.policy = policy;
  }

  /// A connection that the policy does not permit was to be made.
  public static final class Refused extends ConnectException {
    private static final long serialVersionUID = 1L;

    private Refused(InetSocketAddress to) {
      super(
          "The egress policy does not allow connections to "
              + to.getHostString()
              + ":"
              + to.getPort());
    }
  }

  /// Looks a name up before a library does, which then finds it in memory: a name server that does
  /// not answer must hold no thread that carries others.
  ///
  /// @throws EgressFailure if there is no such name, or the policy permits no address of it
  public void lookUp(String host, int port) throws EgressFailure {
    InetAddress[] addresses;
    try {
      addresses = names.resolve(host);
    } catch (UnknownHostException _) {
      throw new EgressFailure(Kind.UNRESOLVED, host + ": Name or service not known");
    }
    for (InetAddress address : addresses) {
      if (policy.permits(address, port)) {
        return;
      }
    }
    throw new EgressFailure(
        Kind.REFUSED, "The egress policy does not allow connections to " + host + ":" + port);
  }

  /// As [#lookUp], for a library that makes its sockets itself and may take any of the addresses.
  ///
  /// @throws EgressFailure if there is no such name, or the policy does not permit all of them
  public void requireAll(String host, int port) throws EgressFailure {
    lookUp(host, port);
    try {
      for (InetAddress address : names.resolve(host)) {
        if (!policy.permits(address, port)) {
          throw new EgressFailure(
              Kind.REFUSED,
              "The egress policy does not allow connections to every address of " + host);
        }
      }
    } catch (UnknownHostException _) {
      throw new EgressFailure(Kind.UNRESOLVED, host + ": Name or service not known");
    }
  }

  @Override
  public Socket createSocket() {
    return new Checked(policy);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
  }

  private Socket connected(InetSocketAddress to, @Nullable InetSocketAddress from)
      throws IOException {
    Socket socket = createSocket();
    try {
      if (from != null) {
        socket.bind(from);
      }
      socket.connect(to);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public void close() {
    names.close();
  }

  private static final class Checked extends Socket {
    private final EgressPolicy policy;

    Checked(EgressPolicy policy) {
      this.policy = policy;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress to) || to.isUnresolved()) {
        throw new UnknownHostException(String.valueOf(endpoint));
      }
      if (!policy.permits(to.getAddress(), to.getPort())) {
        throw new Refused(to);
      }
      super.connect(endpoint, timeout);
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }
  }
}
