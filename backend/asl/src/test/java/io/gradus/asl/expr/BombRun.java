package io.gradus.asl.expr;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A program that evaluates every [Bomb], each on a small stack, and tells what became of it in a
/// line: number, milliseconds of work, outcome. Started with a small heap, it is the server that
/// they would have to bring down.
public final class BombRun {
  private static final long SMALL_STACK = 512 * 1024L;
  private static final int SHOWN = 160;

  private BombRun() {}

  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<Bomb> bombs = Bomb.all();
    for (int i = 0; i < bombs.size(); i++) {
      Bomb bomb = bombs.get(i);
      String[] told = new String[1];
      Thread thread = new Thread(null, () -> told[0] = outcome(bomb), "bomb", SMALL_STACK);
      out.printf("%d\t", i);
      thread.start();
      thread.join();
      out.println(told[0]);
    }
  }

  private static String outcome(Bomb bomb) {
    String result;
    try {
      result = Table.evaluate(bomb.language(), bomb.text(), bomb.input().read());
    } catch (Throwable escaped) {
      result = "ESCAPED " + escaped;
    }
    long millis = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
    String line = result.replaceAll("[\\n\\t]", " ");
    boolean failed = line.startsWith("! ");
    int from = failed ? line.lastIndexOf("specified for the field") : 0;
    String error = failed ? line.substring(0, line.indexOf(':') + 1) : "";
    String shown = error + " " + line.substring(Math.max(0, from));
    return millis + "\t" + shown.substring(0, Math.min(SHOWN, shown.length()));
  }
}
