package io.gradus.bench.chaos.check;

import io.gradus.engine.Fact;
import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import io.gradus.engine.journal.JournalCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An execution's row with all that its history says.
///
/// @param entries its facts in order, each with the run that it came in
record Journal(StoredExecution row, List<Entry> entries) {

  /// @param committedAt when its run was committed, null where that is not known
  record Entry(Fact fact, @Nullable Instant committedAt) {}

  /// @param runs in order
  static Journal read(StoredExecution row, List<StoredRun> runs) {
    List<Entry> entries = new ArrayList<>();
    List<Fact> facts = new ArrayList<>();
    for (StoredRun run : runs) {
      for (Fact fact : JournalCodec.decode(run.events())) {
        entries.add(new Entry(fact, run.committedAt()));
        facts.add(fact);
      }
    }
    resolve(JournalCodec.unresolved(facts), runs);
    return new Journal(row, List.copyOf(entries));
  }

  private static void resolve(List<Payload> missing, List<StoredRun> runs) {
    if (missing.isEmpty()) {
      return;
    }
    List<Origin> wanted = missing.stream().map(p -> Objects.requireNonNull(p.origin())).toList();
    for (StoredRun run : runs) {
      Map<Origin, byte[]> found = JournalCodec.payloads(run.events(), wanted);
      for (Payload payload : missing) {
        byte[] text = found.get(Objects.requireNonNull(payload.origin()));
        if (text != null) {
          payload.resolve(text);
        }
      }
    }
  }

  List<Fact> facts() {
    return entries.stream().map(Entry::fact).toList();
  }
}
