package io.gradus.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One kept connection that sends signed calls, one at a time. It does as little as a client can:
/// on two cores, what the load costs is taken from what is measured.
public final class Client implements AutoCloseable {
  private final int port;
  private final Signer signer;
  private Socket socket;
  private InputStream in;

  /// Signs with the key that [Server] starts with.
  public Client(int port) {
    this(port, Server.ACCESS_KEY, Server.SECRET);
  }

  /// Signs with a key of one's own.
  public Client(int port, String accessKey, String secret) {
    this.port = port;
    this.signer = new Signer("127.0.0.1:" + port, accessKey, secret);
    this.socket = new Socket();
    this.in = InputStream.nullInputStream();
  }

  /// The answer's body.
  ///
  /// @throws Refused if the answer is an error
  /// @throws IOException if there is no answer
  public String call(String operation, String json) throws IOException {
    if (!socket.isConnected() || socket.isClosed()) {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(30_000);
      in = new BufferedInputStream(socket.getInputStream(), 16_384);
    }
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        signer.head("AWSStepFunctions." + operation, body).getBytes(StandardCharsets.US_ASCII);
    byte[] message = new byte[head.length + body.length];
    System.arraycopy(head, 0, message, 0, head.length);
    System.arraycopy(body, 0, message, head.length, body.length);
    socket.getOutputStream().write(message);
    String status = line();
    int length = -1;
    boolean chunked = false;
    boolean last = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).trim());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.contains("chunked");
      } else if (lower.startsWith("connection:")) {
        last = lower.contains("close");
      }
    }
    String answer =
        chunked ? chunks() : new String(exactly(Math.max(0, length)), StandardCharsets.UTF_8);
    if (last) {
      socket.close();
    }
    if (!status.contains(" 200")) {
      throw new Refused(status, answer);
    }
    return answer;
  }

  /// An answer that is an error.
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final String answer;

    private Refused(String status, String answer) {
      super(status + " " + answer);
      this.answer = answer;
    }

    /// The error's name as AWS writes it, without its namespace; empty where the answer has none.
    public String type() {
      return answer.contains("\"__type\"")
          ? ColdStart.field(answer, "__type").replaceAll(".*#", "")
          : "";
    }
  }

  private String chunks() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      text.append(new String(exactly(size), StandardCharsets.UTF_8));
      line();
    }
    line();
    return text.toString();
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("expected " + length + " bytes, found " + bytes.length);
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("expected an answer, found the end");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
