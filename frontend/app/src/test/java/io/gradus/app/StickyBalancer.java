package io.gradus.app;

import java.io.IOException;
import java.net.Socket;
import java.util.List;

/// A balancer that leads to the same server again and again, and to the next one when that one is
/// gone.
final class StickyBalancer extends RoundRobin {
  StickyBalancer(List<Integer> ports) throws IOException {
    super(ports);
  }

  @Override
  Socket connect() throws IOException {
    for (int tried = 1; ; tried++) {
      int at = next;
      try {
        Socket server = super.connect();
        next = at;
        return server;
      } catch (IOException e) {
        if (tried == ports.size()) {
          throw e;
        }
        next = (at + 1) % ports.size();
      }
    }
  }
}
