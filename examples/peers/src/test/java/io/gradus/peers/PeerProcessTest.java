package io.gradus.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PeerProcessTest {
  private static final Pattern UP = Pattern.compile("up on (\\d+)");

  @TempDir private Path directory;

  private PeerProcess started(String script) {
    return PeerProcess.start("Sleeper", directory, List.of("sh", "-c", script), UP);
  }

  @Test
  void endsWithWhoeverStartedIt() throws Exception {
    PeerProcess peer = started("echo $$ > pid; echo up on 4711; exec sleep 300");
    long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
    ProcessHandle program = ProcessHandle.of(pid).orElseThrow();
    assertThat(peer.port()).isEqualTo(4711);
    assertThat(program.isAlive()).isTrue();

    peer.close();

    program.onExit().get(10, TimeUnit.SECONDS);
  }

  @Test
  void tellsWhatAProgramSaidThatDidNotStart() {
    assertThatThrownBy(() -> started("echo the port is taken; exit 3"))
        .hasMessageContaining("Sleeper did not start")
        .hasStackTraceContaining("the port is taken");
  }
}
