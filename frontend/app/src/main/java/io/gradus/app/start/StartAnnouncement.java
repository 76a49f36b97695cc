package io.gradus.app.start;

import io.gradus.app.settings.ServerSettings;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/// Tells the person at the terminal where to go. It speaks on standard output and not in the log,
/// which may be JSON or turned down.
final class StartAnnouncement {
  private final ServerSettings server;
  private final FirstStart firstStart;
  private volatile int port;

  StartAnnouncement(ServerSettings server, FirstStart firstStart) {
    this.server = server;
    this.firstStart = firstStart;
    this.port = server.port();
  }

  @EventListener
  void listening(WebServerInitializedEvent event) {
    if (event.getApplicationContext().getServerNamespace() == null) {
      port = event.getWebServer().getPort();
    }
  }

  @EventListener(ApplicationReadyEvent.class)
  void ready() {
    System.out.printf("%nGradus is up: http://%s:%d%n", host(), port);
    firstStart
        .file()
        .ifPresent(file -> System.out.printf("The first login and access key are in %s%n", file));
    System.out.println();
    System.out.flush();
  }

  private String host() {
    String bind = server.bind();
    boolean everywhere = bind.equals("0.0.0.0") || bind.equals("::");
    if (everywhere) {
      return "127.0.0.1";
    }
    return bind.indexOf(':') >= 0 ? "[" + bind + "]" : bind;
  }
}
