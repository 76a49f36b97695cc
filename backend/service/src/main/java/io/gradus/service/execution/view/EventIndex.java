package io.gradus.service.execution.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Every event of an execution in a few bytes each: its time, its type, and whose it is. Ids are 1,
/// 2, 3, …
public final class EventIndex {
  private static final long MICROS = 1_000_000L;

  private final List<String> types = new ArrayList<>();
  private final Map<String, Short> typeNumbers = new HashMap<>();
  private long[] micros = new long[64];
  private int[] visits = new int[64];
  private short[] type = new short[64];
  private int size;

  EventIndex() {}

  /// How many there are; also the id of the last.
  public int size() {
    return size;
  }

  /// AWS's name of the event's type.
  public String type(long id) {
    return types.get(type[at(id)]);
  }

  public Instant time(long id) {
    long m = micros[at(id)];
    return Instant.ofEpochSecond(Math.floorDiv(m, MICROS), Math.floorMod(m, MICROS) * 1_000L);
  }

  /// The number of the visit that it belongs to; -1 for the execution's own.
  public int visit(long id) {
    return visits[at(id)];
  }

  /// The types that occurred, in the order of their first event.
  public List<String> types() {
    return Collections.unmodifiableList(types);
  }

  void add(Instant at, String name, int visit) {
    if (size == micros.length) {
      int wider = size + (size >> 1);
      micros = Arrays.copyOf(micros, wider);
      visits = Arrays.copyOf(visits, wider);
      type = Arrays.copyOf(type, wider);
    }
    Short number = typeNumbers.get(name);
    if (number == null) {
      number = (short) types.size();
      types.add(name);
      typeNumbers.put(name, number);
    }
    micros[size] = at.getEpochSecond() * MICROS + at.getNano() / 1_000;
    visits[size] = visit;
    type[size] = number;
    size++;
  }

  private int at(long id) {
    if (id < 1 || id > size) {
      throw new IndexOutOfBoundsException("expected an event from 1 to " + size + ", found " + id);
    }
    return (int) id - 1;
  }
}
