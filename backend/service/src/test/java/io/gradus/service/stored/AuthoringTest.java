package io.gradus.service.stored;

import static io.gradus.service.stored.StoredWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.definition.AuthoringService.Save;
import io.gradus.service.definition.MachineEntry;
import io.gradus.service.definition.Revision;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.execution.Execution;
import io.gradus.store.AuditEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What authors do with state machines and their revisions, on a real database.
class AuthoringTest {
  private static final String ROLE = "arn:aws:iam::100000000001:role/any";
  private static final String OTHER_ROLE = "arn:aws:iam::100000000001:role/other";
  private static final Page.Request FIRST = new Page.Request(100, null);

  private static StoredWorld world;
  private Caller ann;
  private Caller bob;
  private Caller viewer;

  @BeforeAll
  static void startWorld() {
    world = new StoredWorld();
  }

  @AfterAll
  static void stopWorld() {
    world.close();
  }

  @BeforeEach
  void newTenant() {
    ann = world.administrator();
    bob = new Caller(ann.tenant(), ann.account(), "user/bob", Set.of(Role.AUTHOR), "test");
    viewer = new Caller(ann.tenant(), ann.account(), "user/eve", Set.of(Role.VIEWER), "test");
  }

  private static String says(String word) {
    return "{\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Pass\",\"Comment\":\"%s\",\"End\":true}}}"
        .formatted(word);
  }

  private String create(String name) {
    return world
        .stateMachines
        .create(
            ann,
            new StateMachine.Draft(
                name, says("one"), ROLE, MachineType.STANDARD, null, null, Map.of()))
        .arn();
  }

  @Test
  void aSaveIsANewRevisionThatSaysWhoMadeIt() {
    // given
    String arn = create("orders");

    // when
    Revision.Summary saved = world.authoring.save(bob, arn, new Save(1, says("two"), ROLE));

    // then
    assertThat(saved.number()).isEqualTo(2);
    assertThat(world.authoring.revisions(viewer, arn, FIRST).items())
        .extracting(Revision.Summary::number, Revision.Summary::by)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2, "user/bob"),
            org.assertj.core.groups.Tuple.tuple(1, "user/ann"));
    assertThat(world.authoring.revision(viewer, arn, 1).definition()).isEqualTo(says("one"));
    assertThat(world.authoring.revision(viewer, arn, 2).definition()).isEqualTo(says("two"));
    assertThat(world.stateMachines.describe(ann, arn).definition()).isEqualTo(says("two"));
    assertThat(world.audited(ann))
        .extracting(AuditEntry.What::action)
        .containsExactly("CreateStateMachine", "UpdateStateMachine");
  }

  @Test
  void whoSavesOverAnothersWorkIsToldWhoseItIs() {
    // given
    String arn = create("orders");
    world.authoring.save(bob, arn, new Save(1, says("bob's"), ROLE));

    // then
    assertThatThrownBy(() -> world.authoring.save(ann, arn, new Save(1, says("ann's"), ROLE)))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT))
        .hasMessage("bob saved revision 2 while you worked on revision 1.");
    assertThat(world.stateMachines.describe(ann, arn).definition()).isEqualTo(says("bob's"));
  }

  @Test
  void savingWhatIsThereAlreadyAddsNothing() {
    String arn = create("orders");

    assertThat(world.authoring.save(ann, arn, new Save(1, says("one"), ROLE)).number()).isOne();
    assertThat(world.authoring.save(ann, arn, new Save(1, says("one"), OTHER_ROLE)).number())
        .isEqualTo(2);
  }

  @Test
  void anUnsoundDefinitionIsRefusedAndNothingIsSaved() {
    String arn = create("orders");

    refuses(
        ErrorCode.INVALID_DEFINITION,
        () -> world.authoring.save(ann, arn, new Save(1, "{\"StartAt\":\"S\"}", ROLE)));
    assertThat(world.authoring.revisions(ann, arn, FIRST).items()).hasSize(1);
  }

  @Test
  void anOldRevisionComesBackAsANewOne() {
    // given
    String arn = create("orders");
    world.authoring.save(ann, arn, new Save(1, says("two"), OTHER_ROLE));

    // when
    Revision.Summary restored = world.authoring.restore(ann, arn, 1);

    // then
    assertThat(restored.number()).isEqualTo(3);
    assertThat(world.authoring.revision(ann, arn, 3).definition()).isEqualTo(says("one"));
    assertThat(world.authoring.revision(ann, arn, 3).roleArn()).isEqualTo(ROLE);
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.authoring.restore(ann, arn, 9));
  }

  @Test
  void revisionsComeAPageAtATime() {
    String arn = create("orders");
    for (int i = 1; i < 5; i++) {
      world.authoring.save(ann, arn, new Save(i, says("n" + i), ROLE));
    }

    Page<Revision.Summary> first = world.authoring.revisions(ann, arn, new Page.Request(3, null));
    Page<Revision.Summary> rest =
        world.authoring.revisions(ann, arn, new Page.Request(3, first.next()));

    assertThat(first.items()).extracting(Revision.Summary::number).containsExactly(5, 4, 3);
    assertThat(rest.items()).extracting(Revision.Summary::number).containsExactly(2, 1);
    assertThat(rest.next()).isNull();
  }

  @Test
  void theListFindsNamesByAPartAndSaysWhatRanLast() {
    // given
    String orders = create("orders");
    create("Big-Orders_100");
    create("mail");
    world.executions.start(ann, new Execution.Start(orders, "first", "{}", null, null));
    world.executions.start(ann, new Execution.Start(orders, "second", "{}", null, null));

    // when
    List<MachineEntry> found = world.authoring.list(viewer, "ORDER", FIRST).items();

    // then
    assertThat(found).extracting(MachineEntry::name).containsExactly("Big-Orders_100", "orders");
    assertThat(found.getFirst().last()).isNull();
    assertThat(found.getLast().last())
        .satisfies(last -> assertThat(last).isNotNull())
        .extracting(MachineEntry.Last::name)
        .isEqualTo("second");
    assertThat(world.authoring.list(viewer, "_1", FIRST).items()).hasSize(1);
    Page<MachineEntry> page = world.authoring.list(viewer, "", new Page.Request(2, null));
    assertThat(world.authoring.list(viewer, "", new Page.Request(2, page.next())).items())
        .extracting(MachineEntry::name)
        .containsExactly("orders");
  }

  @Test
  void aViewerReadsAndDoesNotWriteAndAStrangerDoesNeither() {
    // given
    String arn = create("orders");
    Caller stranger = world.administrator();

    // then
    refuses(
        ErrorCode.ACCESS_DENIED,
        () -> world.authoring.save(viewer, arn, new Save(1, says("two"), ROLE)));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.authoring.restore(viewer, arn, 1));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.authoring.revision(stranger, arn, 1));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.authoring.revisions(stranger, arn, FIRST));
    refuses(
        ErrorCode.STATE_MACHINE_DOES_NOT_EXIST,
        () -> world.authoring.revisions(ann, arn + "x", FIRST));
    assertThat(world.authoring.list(stranger, "", FIRST).items()).isEmpty();
  }
}
