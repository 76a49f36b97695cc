package io.gradus.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.Frame;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TagsTest {
  static Stream<Class<?>> members() {
    return Stream.of(Fact.class, Details.class, Frame.Phase.class)
        .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
        .filter(member -> member != Fact.HistoryEvent.class);
  }

  @ParameterizedTest
  @MethodSource("members")
  void everyMemberOfAStoredFamilyHasATag(Class<?> member) {
    assertThat(Tags.knows(member)).as(member.getSimpleName()).isTrue();
  }
}
