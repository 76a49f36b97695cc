package io.gradus.integrations.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A mail server that answers every recipient with the same words.
final class Refusing implements AutoCloseable {
  private final ServerSocket socket;
  private final String answer;

  Refusing(String answer) throws IOException {
    this.socket = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
    this.answer = answer;
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    try (Socket peer = socket.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(peer.getInputStream(), StandardCharsets.US_ASCII));
        Writer out = new OutputStreamWriter(peer.getOutputStream(), StandardCharsets.US_ASCII)) {
      say(out, "220 here");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        say(out, line.startsWith("RCPT") ? answer : line.startsWith("QUIT") ? "221 bye" : "250 ok");
      }
    } catch (IOException _) {
      // The client went away.
    }
  }

  private static void say(Writer out, String line) throws IOException {
    out.write(line + "\r\n");
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
