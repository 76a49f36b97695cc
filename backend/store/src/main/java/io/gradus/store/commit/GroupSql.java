package io.gradus.store.commit;

import java.util.regex.Pattern;

/// The statements of a commit group. Every column of a hot table's key is equated with a column of
/// an unnest: such a plan goes by the full primary key whatever the planner believes of a table
/// that was empty when it looked ([PlanCheck] looks that it does).
///
/// Rows around an execution are joined to it by `moved_by` and the version that this very
/// transition gives it: what lost its version check leaves no trace, and a transition that is sent
/// again after an unknown commit finds its rows there, or finds itself overtaken.
///
/// The deletes find who won in a subquery of its own (`offset 0` keeps it one): in a join of three,
/// the planner may reach a row by its execution alone and compare the rest of its key afterwards.
/// Their tables come and go, and one that a vacuum met when it was drained is taken for empty
/// however full it is again: the planner would then begin with all of it. `= any (array[…])` goes
/// by the index as `=` does, and is nothing to merge by, so that the table's order is of no use to
/// the planner, and it has no way to begin with it.
///
/// Those that tell who won tell the time as well, which a subquery reads once for all rows: asking
/// for it apart would cost whoever commits alone a twentieth more.
///
/// No statement may return a column without a fixed width (text, bytea): the driver would end the
/// implicit transaction in the middle of the group, to be sure that the answer fits its buffer.
enum GroupSql {
  START(
      """
      insert into execution (tenant_id, id, version, owner, moved_by, status, state_machine_id, revision_id,
          name, input_hash, started_at, stopped_at, last_event_id, state, mocks, parent_execution_id,
          parent_frame_id, parent_attempt, trace_header, version_arn, alias_arn,
          started_by, aws_strict, forked_from, forked_state, namesake, error)
      select g.tenant_id, g.id, 1, g.owner, g.moved_by, g.status, g.machine, g.revision, g.name, g.hash,
          'epoch'::timestamptz + g.started * interval '1 microsecond',
          'epoch'::timestamptz + g.stopped * interval '1 microsecond',
          g.last_event_id, g.state, g.mocks, g.parent, g.parent_frame, g.parent_attempt, g.trace, g.version_arn,
          g.alias_arn, g.started_by, g.strict = 1, g.forked_from, g.forked_state, g.namesake, g.error
      from unnest(?::uuid[], ?::uuid[], ?::int[], ?::bigint[], ?::smallint[], ?::uuid[], ?::uuid[], ?::text[],
          ?::bytea[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[], ?::bytea[], ?::uuid[], ?::text[],
          ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::smallint[], ?::uuid[], ?::text[],
          ?::uuid[], ?::text[])
        g(tenant_id, id, owner, moved_by, status, machine, revision, name, hash, started, stopped, last_event_id,
          state, mocks, parent, parent_frame, parent_attempt, trace, version_arn, alias_arn, started_by, strict,
          forked_from, forked_state, namesake, error)
      on conflict do nothing
      returning tenant_id, id, $now\
      """),

  /// Not in one statement with [#START], which a join of 1,000 rows with themselves would slow
  /// down; hence the second `on conflict`, for a start that is sent again.
  START_HISTORY(
      """
      insert into history (tenant_id, execution_id, first_event_id, moved_by, events)
      select e.tenant_id, e.id, g.first_event_id, g.moved_by, g.events
      from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[])
        g(tenant_id, id, version, moved_by, first_event_id, events)
      $joined
      on conflict do nothing\
      """),

  MOVE(
      """
      with u as (
        update execution e
        set version = g.version + 1, owner = g.owner, moved_by = g.moved_by, status = g.status,
            stopped_at = 'epoch'::timestamptz + g.stopped * interval '1 microsecond',
            last_event_id = g.last_event_id, state = g.state, error = g.error
        from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::int[], ?::bigint[], ?::smallint[], ?::bigint[],
            ?::bigint[], ?::bytea[], ?::text[], ?::bigint[], ?::bytea[])
          g(tenant_id, id, version, owner, moved_by, status, stopped, last_event_id, state, error, first_event_id,
            events)
        where e.tenant_id = g.tenant_id and e.id = g.id and e.version = g.version
        returning g.tenant_id, g.id, g.moved_by, g.first_event_id, g.events),
      h as (
        insert into history (tenant_id, execution_id, first_event_id, moved_by, events)
        select tenant_id, id, first_event_id, moved_by, events from u where events is not null)
      select tenant_id, id, $now from u\
      """),

  /// Children of a Map Run, with the very transition of its execution that hands them their items.
  CHILDREN(
      """
      insert into execution (tenant_id, id, version, owner, moved_by, status, state_machine_id, revision_id,
          name, input_hash, started_at, stopped_at, last_event_id, state, mocks, parent_execution_id,
          parent_frame_id, parent_attempt, version_arn, alias_arn, started_by, aws_strict,
          map_run_id, map_state, item_index, item_count)
      select g.tenant_id, g.child, 1, g.owner, g.child_moved_by, g.status, e.state_machine_id, e.revision_id,
          g.name, ''::bytea, 'epoch'::timestamptz + g.started * interval '1 microsecond',
          'epoch'::timestamptz + g.stopped * interval '1 microsecond', g.last_event_id, g.state, e.mocks, e.id,
          g.frame_id, g.attempt, e.version_arn, e.alias_arn, e.started_by, e.aws_strict,
          g.map_run, g.map_state, g.item_index, g.item_count
      from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::uuid[], ?::int[], ?::bigint[], ?::smallint[],
          ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[], ?::text[], ?::bigint[], ?::uuid[],
          ?::text[], ?::bigint[], ?::int[])
        g(tenant_id, id, version, moved_by, child, owner, child_moved_by, status, name, started, stopped,
          last_event_id, state, frame_id, attempt, map_run, map_state, item_index, item_count)
      $joined
      on conflict do nothing\
      """),

  MAP_RUNS(
      """
      insert into map_run (tenant_id, id, execution_id, frame_id, state_name, label, status, started_at, stopped_at,
          max_concurrency, tolerated_count, tolerated_percentage, total_items, items, children, succeeded, failed,
          timed_out, aborted, succeeded_items, failed_items, timed_out_items, aborted_items, pending_redrive,
          pending_redrive_items, redrive_count, redriven_at, written, written_items, not_redrivable,
          not_redrivable_items)
      select g.tenant_id, g.run, g.id, g.frame_id, g.state_name, g.label, g.status,
          'epoch'::timestamptz + g.started * interval '1 microsecond',
          'epoch'::timestamptz + g.stopped * interval '1 microsecond',
          g.concurrency, g.tolerated_count, g.tolerated_percentage::double precision, g.total_items, g.items,
          g.children, g.succeeded, g.failed, g.timed_out, g.aborted, g.succeeded_items, g.failed_items,
          g.timed_out_items, g.aborted_items, g.pending_redrive, g.pending_redrive_items, g.redrive_count,
          'epoch'::timestamptz + g.redriven * interval '1 microsecond', g.written, g.written_items,
          g.not_redrivable, g.not_redrivable_items
      from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::text[],
          ?::smallint[], ?::bigint[], ?::bigint[], ?::int[], ?::int[], ?::text[], ?::bigint[], ?::bigint[],
          ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
          ?::bigint[], ?::bigint[], ?::bigint[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
          ?::bigint[])
        g(tenant_id, id, version, moved_by, run, frame_id, state_name, label, status, started, stopped, concurrency,
          tolerated_count, tolerated_percentage, total_items, items, children, succeeded, failed, timed_out, aborted,
          succeeded_items, failed_items, timed_out_items, aborted_items, pending_redrive,
          pending_redrive_items, redrive_count, redriven, written, written_items, not_redrivable,
          not_redrivable_items)
      $joined
      on conflict (tenant_id, id) do update set status = excluded.status, stopped_at = excluded.stopped_at,
          max_concurrency = excluded.max_concurrency, tolerated_count = excluded.tolerated_count,
          tolerated_percentage = excluded.tolerated_percentage, total_items = excluded.total_items,
          items = excluded.items, children = excluded.children, succeeded = excluded.succeeded,
          failed = excluded.failed, timed_out = excluded.timed_out, aborted = excluded.aborted,
          succeeded_items = excluded.succeeded_items, failed_items = excluded.failed_items,
          timed_out_items = excluded.timed_out_items, aborted_items = excluded.aborted_items,
          pending_redrive = excluded.pending_redrive, pending_redrive_items = excluded.pending_redrive_items,
          redrive_count = excluded.redrive_count, redriven_at = excluded.redriven_at,
          written = excluded.written, written_items = excluded.written_items,
          not_redrivable = excluded.not_redrivable, not_redrivable_items = excluded.not_redrivable_items\
      """),

  /// A message to each child that still runs. Children are reached by their Map Run, not by their
  /// key: that is what the index is for. Were their status a constant, the planner might go by the
  /// index of all that runs.
  CHILDREN_STOPPED(
      """
      insert into inbox (tenant_id, execution_id, source_id, kind, payload)
      select g.tenant_id, c.id, 'stop:' || g.run, 0, g.message
      from (select g.* from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::uuid[], ?::smallint[],
            ?::bytea[])
          g(tenant_id, id, version, moved_by, run, running, message)
        $joined
        offset 0) g
      cross join lateral (
        select id from execution where tenant_id = g.tenant_id and map_run_id = g.run and status = g.running offset 0) c
      on conflict do nothing\
      """),

  /// Runs of events that are to be logged: whoever writes the log takes the rows away.
  LOGGED(
      """
      insert into log_due (tenant_id, execution_id, first_event_id, redrive_count)
      select g.tenant_id, g.id, g.first_event_id, g.redrive_count
      from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::int[])
        g(tenant_id, id, version, moved_by, first_event_id, redrive_count)
      $joined
      on conflict do nothing\
      """),

  FRAMES_GONE(
      """
      delete from frame f
      using (select g.* from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::text[])
          g(tenant_id, id, version, moved_by, frame_id)
        $joined
        offset 0) g
      where f.tenant_id = any (array[g.tenant_id]) and f.execution_id = g.id and f.frame_id = g.frame_id\
      """),

  FRAMES(
      """
      insert into frame (tenant_id, execution_id, frame_id, state)
      select g.tenant_id, g.id, g.frame_id, g.state
      from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::bytea[])
        g(tenant_id, id, version, moved_by, frame_id, state)
      $joined
      on conflict (tenant_id, execution_id, frame_id) do update set state = excluded.state\
      """),

  TASKS_CLOSED(
      """
      delete from task t
      using (select g.* from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[])
          g(tenant_id, id, version, moved_by, frame_id, attempt)
        $joined
        offset 0) g
      where t.tenant_id = any (array[g.tenant_id]) and t.execution_id = g.id and t.frame_id = g.frame_id
        and t.attempt = g.attempt\
      """),

  TASKS_OPENED(
      """
      insert into task (tenant_id, execution_id, frame_id, attempt, kind, activity_id, input, heartbeat_seconds,
          heartbeat_at)
      select g.tenant_id, g.id, g.frame_id, g.attempt, g.kind, g.activity_id, g.input, g.heartbeat_seconds,
          clock_timestamp()
      from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::smallint[],
          ?::uuid[], ?::bytea[], ?::int[])
        g(tenant_id, id, version, moved_by, frame_id, attempt, kind, activity_id, input, heartbeat_seconds)
      $joined
      on conflict do nothing\
      """),

  TIMERS_DISARMED(
      """
      delete from timer t
      using (select g.* from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::text[])
          g(tenant_id, id, version, moved_by, timer_id)
        $joined
        offset 0) g
      where t.tenant_id = any (array[g.tenant_id]) and t.execution_id = g.id and t.timer_id = g.timer_id\
      """),

  TIMERS_ARMED(
      """
      insert into timer (tenant_id, execution_id, timer_id, due)
      select g.tenant_id, g.id, g.timer_id, 'epoch'::timestamptz + g.due * interval '1 microsecond'
      from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[])
        g(tenant_id, id, version, moved_by, timer_id, due)
      $joined
      on conflict (tenant_id, execution_id, timer_id) do update
        set due = excluded.due, claimed_by = null, claimed_until = null\
      """),

  CONSUMED(
      """
      delete from inbox i
      using (select g.* from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::text[])
          g(tenant_id, id, version, moved_by, source_id)
        $joined
        offset 0) g
      where i.tenant_id = any (array[g.tenant_id]) and i.execution_id = g.id and i.source_id = g.source_id\
      """),

  SENT(
      """
      insert into inbox (tenant_id, execution_id, source_id, kind, payload)
      select g.tenant_id, g.to_id, g.source_id, g.kind, g.payload
      from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::uuid[], ?::text[], ?::smallint[], ?::bytea[])
        g(tenant_id, id, version, moved_by, to_id, source_id, kind, payload)
      $joined
      on conflict do nothing\
      """);

  /// The database's time in microseconds.
  static final String NOW = "select (extract(epoch from clock_timestamp()) * 1000000)::bigint";

  private final String grouped;
  private final String single;

  GroupSql(String text) {
    // The version of a start is 0, as that of a row that is not there yet.
    grouped =
        text.replace(
                "$joined",
                """
                join execution e on e.tenant_id = g.tenant_id and e.id = g.id and e.version = g.version + 1
                  and e.moved_by = g.moved_by\
                """)
            .replace("$now", "(" + NOW + ")");
    single =
        Pattern.compile("unnest\\(([^()]*)\\)(\\s+)g\\(")
            .matcher(grouped)
            .replaceFirst(
                rows -> "(select " + rows.group(1).replace("[]", "") + ")" + rows.group(2) + "g(");
  }

  /// Takes arrays: a row of the group each element.
  String grouped() {
    return grouped;
  }

  /// Takes one row. Constants plan safely whatever the planner believes, but each row is a
  /// statement of its own.
  String single() {
    return single;
  }
}
