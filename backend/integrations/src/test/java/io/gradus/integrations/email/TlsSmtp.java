package io.gradus.integrations.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A mail server that speaks TLS by a certificate of the test, from the first byte or after
/// STARTTLS. It takes the password `right`, and mails only over TLS.
final class TlsSmtp implements AutoCloseable {
  private final ServerSocket server;
  private final SSLContext tls;
  private final boolean atOnce;

  /// What was said, as it came.
  final List<String> said = new CopyOnWriteArrayList<>();

  TlsSmtp(SSLContext tls, boolean atOnce) throws IOException {
    this.tls = tls;
    this.atOnce = atOnce;
    this.server = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> converse(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      if (atOnce) {
        speak(secured(socket), true);
      } else {
        speak(socket, false);
      }
    } catch (IOException _) {
      // The client went away: what it made of that is what the test looks at.
    }
  }

  private Socket secured(Socket socket) throws IOException {
    SSLSocket secured =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return secured;
  }

  private void speak(Socket socket, boolean safe) throws IOException {
    var in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    OutputStream out = socket.getOutputStream();
    if (safe == atOnce) {
      tell(out, "220 ready");
    }
    boolean data = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      said.add((safe ? "tls " : "plain ") + line);
      if (data) {
        if (line.equals(".")) {
          data = false;
          tell(out, "250 taken");
        }
        continue;
      }
      String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
      switch (verb) {
        case "EHLO" -> tell(out, safe ? "250-here\r\n250 AUTH PLAIN" : "250-here\r\n250 STARTTLS");
        case "STARTTLS" -> {
          tell(out, "220 go");
          speak(secured(socket), true);
          return;
        }
        case "AUTH" -> {
          String proof =
              new String(Base64.getDecoder().decode(line.split(" ")[2]), StandardCharsets.UTF_8);
          tell(out, proof.endsWith("\0right") ? "235 welcome" : "535 no");
        }
        case "DATA" -> {
          data = true;
          tell(out, "354 go on");
        }
        case "QUIT" -> {
          tell(out, "221 bye");
          return;
        }
        default -> tell(out, safe ? "250 ok" : "530 TLS first");
      }
    }
  }

  private static void tell(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
