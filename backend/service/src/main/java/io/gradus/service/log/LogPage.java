package io.gradus.service.log;

import io.gradus.engine.LogLevel;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.store.Logs;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Some events of a log.
///
/// @param entries newest first
/// @param next what to hand in for the page after this one; null on the last page
public record LogPage(List<Entry> entries, @Nullable String next) {
  public LogPage {
    entries = List.copyOf(entries);
  }

  /// An event.
  ///
  /// @param level the highest that keeps it: ALL, ERROR or FATAL
  /// @param id of the event within its execution
  /// @param message JSON, as CloudWatch Logs gets it
  /// @param kept whether the execution can be looked at: one that ran in memory cannot
  public record Entry(
      Instant at,
      String stateMachine,
      LogLevel level,
      String type,
      long id,
      String executionArn,
      String message,
      boolean kept) {
    /// The execution's name.
    public String execution() {
      // arn:aws:states:REGION:ACCOUNT:execution:MACHINE:NAME, and one part more for Express
      String[] parts = executionArn.split(":", -1);
      return parts.length > 7 ? parts[7] : executionArn;
    }
  }

  /// Which events; null filters nothing.
  ///
  /// @param stateMachine by its name
  /// @param level ALL, ERROR or FATAL: what each would have kept
  /// @param execution a part of the execution's ARN, in any case
  /// @param text a part of the message, in any case
  /// @param from the first moment
  /// @param until the moment after the last one
  public record Query(
      @Nullable String stateMachine,
      LogLevel level,
      @Nullable String execution,
      @Nullable String text,
      @Nullable Instant from,
      @Nullable Instant until) {
    public static final Query ALL = new Query(null, LogLevel.ALL, null, null, null, null);

    public Query {
      if (level == LogLevel.OFF) {
        throw new IllegalArgumentException("expected a level that keeps something");
      }
    }
  }

  /// How sending to a log group goes.
  ///
  /// @param logGroup its ARN; null for the own log itself
  /// @param lost events that will not be sent; for the own log, what it will not have
  /// @param waiting events that are to be sent
  /// @param since when the first of those happened
  public record Delivery(
      @Nullable String logGroup,
      long sent,
      @Nullable Instant sentAt,
      @Nullable Instant failedAt,
      @Nullable String failure,
      long lost,
      long waiting,
      @Nullable Instant since) {
    /// Whether the last that is known of it is a failure.
    public boolean fails() {
      return failedAt != null && (sentAt == null || failedAt.isAfter(sentAt));
    }
  }

  /// What an export is written as.
  public enum Format {
    /// One event a line, as CloudWatch Logs gets it.
    JSON_LINES {
      @Override
      void begin(Writer out) {
        // Each line is whole by itself.
      }

      @Override
      void write(Entry entry, Writer out) throws IOException {
        out.write(entry.message());
        out.write('\n');
      }
    },
    /// With a line of headings.
    CSV {
      @Override
      void begin(Writer out) throws IOException {
        out.write("time,state_machine,level,type,id,execution_arn,message\r\n");
      }

      @Override
      void write(Entry entry, Writer out) throws IOException {
        out.write(
            String.join(
                ",",
                entry.at().toString(),
                cell(entry.stateMachine()),
                entry.level().name(),
                cell(entry.type()),
                String.valueOf(entry.id()),
                cell(entry.executionArn()),
                cell(entry.message())));
        out.write("\r\n");
      }
    };

    abstract void begin(Writer out) throws IOException;

    abstract void write(Entry entry, Writer out) throws IOException;

    /// Spreadsheets take some beginnings for formulas; an apostrophe keeps it a text.
    static String cell(String text) {
      String plain = text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
      return '"' + plain.replace("\"", "\"\"") + '"';
    }
  }

  static String text(Logs.Place place) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, place.at())
        + "."
        + place.execution()
        + "."
        + place.event();
  }

  static Logs.Place place(String text) {
    String[] parts = text.split("\\.", -1);
    try {
      if (parts.length == 3) {
        return new Logs.Place(
            Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS),
            UUID.fromString(parts[1]),
            Long.parseLong(parts[2]));
      }
    } catch (IllegalArgumentException _) {
      // Nobody was given that.
    }
    throw new Refusal(ErrorCode.INVALID_TOKEN, "Invalid Token: 'Invalid token'");
  }
}
