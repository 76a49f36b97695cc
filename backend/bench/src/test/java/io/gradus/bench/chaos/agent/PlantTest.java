package io.gradus.bench.chaos.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each fault still finds the method that it changes, and leaves a class that the JVM would take.
class PlantTest {
  @ParameterizedTest
  @EnumSource
  void findsItsPlace(Plant plant) throws IOException {
    byte[] changed = plant.planted(bytes(plant.type()));
    assertThat(ClassFile.of().verify(changed)).isEmpty();
    assertThat(new Taker().take(plant.type(), changed).getName()).isEqualTo(plant.type());
  }

  @Test
  void saysWhenItsPlaceIsGone() {
    assertThatThrownBy(() -> Plant.LOST_TAKE_OVER.planted(bytes(PlantTest.class.getName())))
        .hasMessageContaining("expected LOST_TAKE_OVER to find its place");
  }

  /// The JVM checks more than the verifier does.
  private static final class Taker extends ClassLoader {
    Class<?> take(String type, byte[] bytes) {
      return defineClass(type, bytes, 0, bytes.length);
    }
  }

  private static byte[] bytes(String type) throws IOException {
    String file = "/" + type.replace('.', '/') + ".class";
    try (InputStream in = Objects.requireNonNull(PlantTest.class.getResourceAsStream(file))) {
      return in.readAllBytes();
    }
  }
}
