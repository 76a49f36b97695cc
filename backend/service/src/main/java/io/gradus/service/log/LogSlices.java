package io.gradus.service.log;

import static io.gradus.integrations.aws.LogGroups.EVENT_BYTES;
import static io.gradus.integrations.aws.LogGroups.MAX_BYTES;
import static io.gradus.integrations.aws.LogGroups.MAX_EVENTS;
import static io.gradus.integrations.aws.LogGroups.MAX_SPAN;

import io.gradus.integrations.aws.LogGroups;
import io.gradus.store.engine.LogOutgoing.Due;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Cuts what is to be sent into what one call takes.
final class LogSlices {
  private LogSlices() {}

  /// The first runs, as many as one call may take; one at least, whatever it takes.
  static List<Due> first(List<Due> runs) {
    long bytes = 0;
    long events = 0;
    int end = 0;
    for (Due run : runs) {
      bytes += run.bytes() + (long) EVENT_BYTES * run.events();
      events += run.events();
      if (end > 0 && (bytes > MAX_BYTES || events > MAX_EVENTS)) {
        break;
      }
      end++;
    }
    return runs.subList(0, end);
  }

  /// The calls that events in the order of time are sent by.
  static List<List<LogGroups.Event>> calls(List<LogGroups.Event> events) {
    List<List<LogGroups.Event>> calls = new ArrayList<>();
    List<LogGroups.Event> call = new ArrayList<>();
    long bytes = 0;
    for (LogGroups.Event event : events) {
      long size = (long) EVENT_BYTES + event.message().getBytes(StandardCharsets.UTF_8).length;
      boolean full =
          !call.isEmpty()
              && (call.size() == MAX_EVENTS
                  || bytes + size > MAX_BYTES
                  || Duration.between(call.getFirst().at(), event.at()).compareTo(MAX_SPAN) >= 0);
      if (full) {
        calls.add(call);
        call = new ArrayList<>();
        bytes = 0;
      }
      call.add(event);
      bytes += size;
    }
    if (!call.isEmpty()) {
      calls.add(call);
    }
    return calls;
  }
}
