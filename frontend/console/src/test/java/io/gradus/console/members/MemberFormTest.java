package io.gradus.console.members;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.console.part.FormDialog;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.people.NewPerson;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The dialogs about people and keys: what is refused is said in place, and what was typed stays.
class MemberFormTest extends BrowserlessTest {
  @Test
  void someoneKnownIsAskedForTheirLoginAlone() {
    var person = new PersonFields();
    new FormDialog("Add member", "Add member").with(person).open();
    field("Login").setValue("  ann ");
    field("Name").setValue("Ann");
    find(EmailField.class).single().setValue("ann@example.org");
    assertThat(person.person()).isEqualTo(new NewPerson("  ann ", "Ann", "ann@example.org"));

    person.setKnown(true);

    assertThat(find(EmailField.class).all()).isEmpty();
    assertThat(person.login()).isEqualTo("ann");
  }

  @Test
  void aRefusalIsSaidInPlaceAndTheDialogStaysWithWhatWasTyped() {
    var roles = new RoleChoice(Set.of(Role.VIEWER));
    var tries = new AtomicInteger();
    var dialog = new FormDialog("Edit Ann", "Save member");
    dialog
        .with(roles)
        .doing(
            () -> {
              if (tries.getAndIncrement() == 0) {
                throw new Refusal(ErrorCode.CONFLICT, "'ann' is the last administrator");
              }
            })
        .open();
    roles.setValue(Set.of(Role.AUTHOR));

    press("Save member");
    assertThat(dialog.isOpened()).isTrue();
    assertThat(dialog.getElement().getTextRecursively())
        .contains("'ann' is the last administrator");
    assertThat(roles.getValue()).containsExactly(Role.AUTHOR);

    press("Save member");
    assertThat(dialog.isOpened()).isFalse();
    assertThat(tries).hasValue(2);
  }

  @Test
  void whatIsShownOnceIsLeftByItsOwnButtonOnly() {
    var dialog = new FormDialog("Create access key", "Create");
    dialog
        .doingAndStaying(
            () -> dialog.showInstead("A key", "I have kept it", new TextField("Secret")))
        .open();

    press("Create");

    assertThat(dialog.isOpened()).isTrue();
    assertThat(dialog.isCloseOnEsc()).isFalse();
    assertThat(dialog.isCloseOnOutsideClick()).isFalse();
    press("I have kept it");
    assertThat(dialog.isOpened()).isFalse();
  }

  private TextField field(String label) {
    return find(TextField.class).withCaption(label).single();
  }

  private void press(String text) {
    find(Button.class).withText(text).single().click();
  }
}
