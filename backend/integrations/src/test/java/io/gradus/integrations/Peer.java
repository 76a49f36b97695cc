package io.gradus.integrations;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;

/// A server on loopback that answers byte for byte what a test says, well-formed or not.
public final class Peer implements AutoCloseable {
  /// One request as it came.
  public record Request(String method, String target, Map<String, String> headers, String body) {}

  /// Writes the answer; keeps the connection if it returns true.
  @FunctionalInterface
  public interface Answer {
    boolean write(Request request, OutputStream out) throws IOException, InterruptedException;
  }

  private final String scheme;
  private final ServerSocket socket;
  private final Answer answer;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private Peer(ServerSocketFactory sockets, InetAddress address, Answer answer) {
    scheme = sockets instanceof SSLServerSocketFactory ? "https://localhost:" : "http://127.0.0.1:";
    try {
      socket = sockets.createServerSocket();
      socket.bind(new InetSocketAddress(address, 0), 512);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.answer = answer;
    Thread.ofVirtual().start(this::accept);
  }

  /// On 127.0.0.1.
  public static Peer answering(Answer answer) {
    return new Peer(ServerSocketFactory.getDefault(), InetAddress.ofLiteral("127.0.0.1"), answer);
  }

  /// On localhost, by TLS.
  public static Peer securedBy(SSLContext context, Answer answer) {
    return new Peer(context.getServerSocketFactory(), InetAddress.ofLiteral("127.0.0.1"), answer);
  }

  /// On every address of this machine.
  public static Peer everywhere(Answer answer) {
    return new Peer(ServerSocketFactory.getDefault(), InetAddress.ofLiteral("::"), answer);
  }

  /// Always the same well-formed answer.
  public static Peer answering(int status, String body, String... headers) {
    return answering(
        (_, out) -> {
          out.write(http(status, body, headers));
          return true;
        });
  }

  /// A well-formed answer.
  ///
  /// @param headers each `Name: value`
  public static byte[] http(int status, String body, String... headers) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    var head = new StringBuilder("HTTP/1.1 " + status + " Reason " + status + "\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
    var out = new ByteArrayOutputStream();
    out.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(bytes);
    return out.toByteArray();
  }

  public int port() {
    return socket.getLocalPort();
  }

  public URI uri(String path) {
    return URI.create(scheme + port() + path);
  }

  public List<Request> requests() {
    return requests;
  }

  /// The only request there was.
  public Request request() {
    if (requests.size() != 1) {
      throw new AssertionError("expected one request, found " + requests.size());
    }
    return requests.getFirst();
  }

  /// How many connections were made.
  public int connections() {
    return connections.get();
  }

  private void accept() {
    while (true) {
      try {
        Socket connection = socket.accept();
        connections.incrementAndGet();
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      Request request = read(in);
      while (request != null) {
        requests.add(request);
        if (!answer.write(request, out)) {
          return;
        }
        out.flush();
        request = read(in);
      }
    } catch (IOException _) {
      // The client went away, as some tests want it to.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static @org.jspecify.annotations.Nullable Request read(InputStream in)
      throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] header = line.split(":\\s*", 2);
      headers.merge(header[0], header[1], (a, b) -> a + ", " + b);
    }
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    String[] parts = first.split(" ");
    return new Request(parts[0], parts[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
