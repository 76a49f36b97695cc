package io.gradus.example.image;

import static io.gradus.example.image.Given.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderTest {
  @TempDir Path temp;
  private Path root;
  private ImageFolder folder;

  @BeforeEach
  void givenAFolderAndASecretBesideIt() throws Exception {
    root = Files.createDirectories(temp.resolve("images"));
    Files.createDirectories(root.resolve("sub"));
    Files.writeString(root.resolve("sub/a.png"), "inside");
    Files.writeString(temp.resolve("secret.png"), "outside");
    folder = new ImageFolder(root);
  }

  @Test
  void givenAFileBelowWhenReadThenItsBytesAreThere() throws Exception {
    assertThat(folder.read(new ImageName("sub/a.png")).bytes()).asString().isEqualTo("inside");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.png",
        "sub/../../secret.png",
        "sub/../sub/a.png",
        "./sub/a.png",
        "/etc/hostname",
        "sub//a.png",
        "sub/",
        "..",
        "",
        "  ",
        "sub\\a.png",
        "C:secret.png",
        "a\u0000.png",
        "a\n.png",
      })
  void givenANameThatIsNoRelativePathThenItIsRefused(String name) {
    assertFails("InvalidImageName", () -> folder.read(ImageName.parse(name)));
  }

  @Test
  void givenAnOverlongNameThenItIsRefused() {
    assertFails("InvalidImageName", () -> ImageName.parse("a".repeat(201)));
  }

  @Test
  void givenALinkOutOfTheFolderThenItIsRefused() throws Exception {
    Files.createSymbolicLink(root.resolve("link.png"), temp.resolve("secret.png"));
    Files.createSymbolicLink(root.resolve("up"), temp);

    assertFails("InvalidImageName", () -> folder.read(new ImageName("link.png")));
    assertFails("InvalidImageName", () -> folder.read(new ImageName("up/secret.png")));
  }

  @Test
  void givenALinkWithinTheFolderThenItIsRead() throws Exception {
    Files.createSymbolicLink(root.resolve("link.png"), root.resolve("sub/a.png"));

    assertThat(folder.read(new ImageName("link.png")).bytes()).asString().isEqualTo("inside");
  }

  @Test
  void givenNoFileOrAFolderThenItIsNotFound() {
    assertFails("ImageNotFound", () -> folder.read(new ImageName("none.png")));
    assertFails("ImageNotFound", () -> folder.read(new ImageName("sub")));
  }

  @Test
  void givenAFilePastTheLimitThenItIsTooLarge() throws Exception {
    try (var file = new RandomAccessFile(root.resolve("huge.png").toFile(), "rw")) {
      file.setLength(ImageFolder.MAX_BYTES + 1L);
    }

    assertFails("ImageTooLarge", () -> folder.read(new ImageName("huge.png")));
  }

  @Test
  void givenNamesThatAFileSystemMightTakeForOneThenTheirKeysDiffer() {
    assertThat(new ImageName("a.png").fileKey()).isEqualTo("a.png");
    assertThat(new ImageName("A.png").fileKey())
        .isNotEqualToIgnoringCase(new ImageName("a.png").fileKey());
    assertThat(new ImageName("x/a.png").fileKey())
        .isNotEqualTo(new ImageName("x_a.png").fileKey())
        .doesNotContain("/");
    assertThat(new ImageName("ä".repeat(200)).fileKey()).hasSizeLessThan(80);
  }
}
