package io.gradus.console.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.flow.component.button.Button;
import io.gradus.console.part.Moments;
import io.gradus.service.approval.Approval;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The list of what waits: where one is in it, and where the keys lead.
class InboxTest extends BrowserlessTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final Inbox inbox = new Inbox(asked::incrementAndGet);

  @Test
  void theKeysWalkFromTheFirstToTheLastAndNoFurther() {
    show(3, "b1", false);

    assertThat(inbox.position("b1")).isEqualTo("2 of 3");
    assertThat(inbox.next("b1", 1)).map(Approval.Summary::id).contains("b2");
    assertThat(inbox.next("b1", -1)).map(Approval.Summary::id).contains("b0");
    assertThat(inbox.next("b2", 1)).isEmpty();
    assertThat(inbox.next("b0", -1)).isEmpty();
  }

  @Test
  void whoIsNowhereInTheListBeginsAtItsTop() {
    show(2, null, false);

    assertThat(inbox.position("elsewhere")).isEmpty();
    assertThat(inbox.next("elsewhere", -1)).map(Approval.Summary::id).contains("b0");
    assertThat(inbox.next(null, 1)).map(Approval.Summary::id).contains("b0");
  }

  @Test
  void anEmptyListLeadsNowhereAndSaysSo() {
    show(0, null, false);

    assertThat(inbox.next(null, 1)).isEmpty();
    assertThat(inbox.getElement().getTextRecursively()).contains("Nothing waits for you");
  }

  @Test
  void moreAreOfferedWhereThereAreMore() {
    show(2, null, false);
    assertThat(inbox.getElement().getTextRecursively()).doesNotContain("Show more");

    show(2, null, true);
    com.vaadin.flow.component.UI.getCurrent().add(inbox);
    find(Button.class).withText("Show more").single().click();

    assertThat(asked).hasValue(1);
  }

  @Test
  void thePartsSayHowManyWait() {
    show(1, null, false);

    assertThat(inbox.getElement().getTextRecursively())
        .contains("Mine4", "My groups5", "All6", "Done");
  }

  private void show(int count, @Nullable String selected, boolean more) {
    List<Approval.Summary> items =
        IntStream.range(0, count).mapToObj(i -> summary("b" + i)).toList();
    inbox.show(
        new Inbox.Content(
            "000000000000",
            Tab.MINE,
            new Approval.Counts(4, 5, 6),
            items,
            more,
            "ann",
            Map.of("ann", "Ann")),
        selected,
        Moments.here());
  }

  private static Approval.Summary summary(String id) {
    return new Approval.Summary(
        id,
        "arn",
        "run",
        "machine",
        "Ask",
        Approval.Status.OPEN,
        "Question " + id,
        null,
        null,
        List.of("ann"),
        List.of(),
        1,
        0,
        Instant.EPOCH,
        null,
        null,
        null,
        null);
  }
}
