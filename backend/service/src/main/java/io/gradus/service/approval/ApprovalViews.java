package io.gradus.service.approval;

import io.gradus.engine.PayloadJson;
import io.gradus.integrations.approval.InvalidRequest;
import io.gradus.service.Caller;
import io.gradus.service.Role.Permission;
import io.gradus.service.access.AccessKeyRecords;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.people.Directory;
import io.gradus.service.people.Directory.Member;
import io.gradus.store.ApprovalStatus;
import io.gradus.store.Approvals;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Shows stored approvals with the people of the tenant as they are now.
public final class ApprovalViews {
  private static final String USER = "user/";
  private static final String KEY = "key/";
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMM uuuu 'at' HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Directory directory;
  private final Askers askers;
  private final Arns arns;

  /// Reads people and keys there.
  public ApprovalViews(Directory directory, AccessKeyRecords keys, Arns arns) {
    this.directory = directory;
    this.askers = new Askers(keys);
    this.arns = arns;
  }

  Map<String, String> names(Caller caller) {
    return names(directory.members(caller.tenant()));
  }

  Map<String, String> delegates(Caller caller, Approvals.Summary row) {
    Map<String, String> able = new LinkedHashMap<>();
    directory.members(caller.tenant()).stream()
        .filter(member -> mayApprove(member, row))
        .filter(member -> !caller.principal().equals(USER + member.login()))
        .forEach(member -> able.put(member.login(), member.displayName()));
    return able;
  }

  List<Approval.Summary> summaries(Caller caller, List<Approvals.Summary> rows) {
    Map<String, String> names =
        rows.isEmpty() ? Map.of() : names(directory.members(caller.tenant()));
    List<String> starters =
        askers.of(caller.tenant(), names, rows.stream().map(Approvals.Summary::startedBy).toList());
    return IntStream.range(0, rows.size())
        .mapToObj(i -> summary(caller, rows.get(i), starters.get(i)))
        .toList();
  }

  Approval view(Caller caller, Approvals.Detail detail, @Nullable String refusal) {
    List<Member> members = directory.members(caller.tenant());
    Map<String, String> names = new HashMap<>(names(members));
    detail.votes().forEach(vote -> names.putIfAbsent(vote.login(), vote.displayName()));
    Approvals.Summary row = detail.summary();
    List<Member> able =
        members.stream()
            .filter(Member::active)
            .filter(member -> isCandidate(member, row) && mayApprove(member, row))
            .toList();
    boolean open = row.status() == ApprovalStatus.OPEN;
    return new Approval(
        summary(caller, row, askers.of(caller.tenant(), names, row.startedBy())),
        detail.description(),
        detail.context() == null ? null : PayloadJson.MAPPER.readTree(detail.context()),
        detail.outcomes(),
        form(detail).map(FormSchema::fields).orElse(List.of()),
        detail.votes().stream()
            .map(
                vote ->
                    new Approval.Vote(
                        vote.login(),
                        vote.displayName(),
                        vote.outcome(),
                        vote.comment(),
                        vote.at()))
            .toList(),
        detail.events().stream()
            .map(
                event ->
                    new Approval.Event(
                        event.at(),
                        Approval.EventKind.valueOf(event.kind().name()),
                        event.who(),
                        event.note()))
            .toList(),
        names,
        able.stream().map(Member::login).toList(),
        missing(members, row),
        open ? refusal : whyClosed(caller, detail),
        open ? stuck(detail, able) : null);
  }

  /// The form that is to be filled in; empty for none.
  Optional<FormSchema> form(Approvals.Detail detail) {
    if (detail.form() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(FormSchema.parse(PayloadJson.MAPPER.readTree(detail.form())));
    } catch (InvalidRequest e) {
      throw new IllegalStateException("expected the form that was taken before", e);
    }
  }

  /// Why this member cannot decide an approval that is open.
  ///
  /// @param knowsKey whether the member made that access key
  Optional<String> refusal(
      Caller caller, Approvals.Detail detail, Member member, Predicate<String> knowsKey) {
    Approvals.Summary row = detail.summary();
    if (row.status() != ApprovalStatus.OPEN) {
      return Optional.of(whyClosed(caller, detail));
    }
    if (!isCandidate(member, row)) {
      return Optional.of("This was not put before you");
    }
    if (detail.votes().stream().anyMatch(vote -> vote.login().equals(member.login()))) {
      return Optional.of("You have decided this already; others have to as well");
    }
    String starter = row.startedBy();
    boolean own =
        starter != null
            && (starter.equals(USER + member.login())
                || (starter.startsWith(KEY) && knowsKey.test(starter.substring(KEY.length()))));
    return own && !row.allowStarter()
        ? Optional.of("You started this execution, and who starts one does not approve it")
        : Optional.empty();
  }

  /// Whether the member may decide it once it is put before them.
  boolean mayApprove(Member member, Approvals.Summary row) {
    return member.active()
        && member.roles().stream().anyMatch(role -> role.allows(Permission.APPROVE))
        && (row.allowStarter() || !(USER + member.login()).equals(row.startedBy()));
  }

  /// Says what became of an approval that is not open.
  String whyClosed(Caller caller, Approvals.Detail detail) {
    Approvals.Summary row = detail.summary();
    String when = row.closedAt() == null ? "" : " on " + MOMENT.format(row.closedAt());
    return switch (row.status()) {
      case OPEN -> "This is open";
      case DECIDED -> {
        String who = detail.votes().isEmpty() ? "someone" : detail.votes().getLast().displayName();
        yield switch (String.valueOf(row.decision())) {
          case Approval.APPROVED -> who + " approved this" + when;
          case Approval.REJECTED -> who + " rejected this" + when;
          default -> who + " decided this" + when + ": " + row.decision();
        };
      }
      case WITHDRAWN -> {
        String why =
            detail.events().stream()
                .map(Approvals.Event::note)
                .filter(note -> note != null && note.startsWith("The execution"))
                .reduce((_, last) -> last)
                .orElse("The execution went on without it");
        yield "This was withdrawn" + when + ". " + why;
      }
      case OVERDUE -> "Nobody decided in time: this was due" + when;
    };
  }

  String whyNotClaimed(Caller caller, Approvals.Detail detail) {
    String by = detail.summary().claimedBy();
    if (detail.summary().status() != ApprovalStatus.OPEN || by == null) {
      return whyClosed(caller, detail);
    }
    return names(directory.members(caller.tenant())).getOrDefault(by, by) + " has taken this up";
  }

  String executionArn(Caller caller, Approvals.Summary row) {
    return new StatesArn.Execution(
            arns.region(), caller.account(), row.stateMachineName(), row.executionName())
        .text();
  }

  private Approval.Summary summary(Caller caller, Approvals.Summary row, String asker) {
    return new Approval.Summary(
        row.id().toString(),
        executionArn(caller, row),
        row.executionName(),
        row.stateMachineName(),
        row.stateName(),
        Approval.Status.valueOf(row.status().name()),
        row.title(),
        row.startedBy(),
        asker.isEmpty() ? null : asker,
        List.copyOf(row.users()),
        List.copyOf(row.groups()),
        row.quorum(),
        row.votes(),
        row.openedAt(),
        row.dueAt(),
        row.closedAt(),
        row.decision(),
        row.claimedBy());
  }

  private static boolean isCandidate(Member member, Approvals.Summary row) {
    return row.users().contains(member.login())
        || !Collections.disjoint(row.groups(), member.groups());
  }

  private static List<String> missing(List<Member> members, Approvals.Summary row) {
    Set<String> logins = members.stream().map(Member::login).collect(Collectors.toSet());
    Set<String> groups = new HashSet<>();
    members.forEach(member -> groups.addAll(member.groups()));
    List<String> missing = new ArrayList<>();
    row.users().stream().filter(user -> !logins.contains(user)).forEach(missing::add);
    row.groups().stream().filter(group -> !groups.contains(group)).forEach(missing::add);
    return missing;
  }

  /// An outcome needs as many people as the quorum says; those who chose something else are no
  /// help.
  private static @Nullable String stuck(Approvals.Detail detail, List<Member> able) {
    Set<String> voted =
        detail.votes().stream().map(Approvals.Vote::login).collect(Collectors.toSet());
    long left = able.stream().filter(member -> !voted.contains(member.login())).count();
    long best =
        detail.votes().stream()
            .collect(Collectors.groupingBy(Approvals.Vote::outcome, Collectors.counting()))
            .values()
            .stream()
            .max(Long::compare)
            .orElse(0L);
    if (left + best >= detail.summary().quorum()) {
      return null;
    }
    return able.isEmpty() && voted.isEmpty()
        ? "Nobody can decide this: none of those it was put before is an approver here"
        : "Nobody can bring this to an end: it takes %d who agree, and %d can still decide"
            .formatted(detail.summary().quorum(), left);
  }

  private static Map<String, String> names(List<Member> members) {
    return members.stream().collect(Collectors.toMap(Member::login, Member::displayName));
  }
}
