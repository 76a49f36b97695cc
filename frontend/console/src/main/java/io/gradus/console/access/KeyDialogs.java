package io.gradus.console.access;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.radiobutton.RadioGroupVariant;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.console.members.RoleChoice;
import io.gradus.console.part.Copy;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.ShownOnce;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.access.AccessKey;
import io.gradus.service.access.AccessKeyService;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/// What is asked before a key is made or replaced, and the key's secret afterwards: once.
final class KeyDialogs {
  private static final int MAX_DESCRIPTION = 256;

  private final AccessKeyService keys;
  private final String region;
  private final Supplier<Caller> caller;
  private final Runnable changed;

  /// How long a replaced key goes on.
  private enum Grace {
    NONE("Replace the secret at once", "the old secret is refused within seconds", Duration.ZERO),
    HOUR("Make a new key, end the old one in an hour", "", Duration.ofHours(1)),
    DAY("Make a new key, end the old one in 24 hours", "", Duration.ofDays(1)),
    WEEK("Make a new key, end the old one in 7 days", "", Duration.ofDays(7));

    private final String text;
    private final String remark;
    private final Duration time;

    Grace(String text, String remark, Duration time) {
      this.text = text;
      this.remark = remark;
      this.time = time;
    }

    private String label() {
      return remark.isEmpty() ? text : text + ": " + remark;
    }
  }

  /// @param changed called when the list is another one
  KeyDialogs(AccessKeyService keys, String region, Supplier<Caller> caller, Runnable changed) {
    this.keys = keys;
    this.region = region;
    this.caller = caller;
    this.changed = changed;
  }

  void create() {
    var description = new TextField("Description");
    description.setPlaceholder("What uses it, such as “nightly import”");
    description.setMaxLength(MAX_DESCRIPTION);
    description.setWidthFull();
    var roles = new RoleChoice(Set.of(Role.OPERATOR));
    roles.setHelperText("A key may do no more than you.");
    var dialog = new FormDialog("Create access key", "Create access key");
    dialog
        .with(description, roles)
        .doingAndStaying(
            () -> {
              if (roles.isEmpty()) {
                roles.setErrorMessage("Choose at least one role");
                roles.setInvalid(true);
                return;
              }
              show(
                  dialog,
                  keys.create(caller.get(), description.getValue().strip(), roles.getValue()));
            });
    dialog.open();
    description.focus();
  }

  void rotate(AccessKey.Summary key) {
    var grace = new RadioButtonGroup<Grace>("What about programs that have the old secret?");
    grace.addThemeVariants(RadioGroupVariant.LUMO_VERTICAL);
    grace.setItems(Grace.values());
    grace.setItemLabelGenerator(Grace::label);
    grace.setValue(Grace.DAY);
    var dialog = new FormDialog("Rotate " + key.id(), "Rotate access key");
    dialog
        .with(grace)
        .doingAndStaying(
            () ->
                show(
                    dialog,
                    grace.getValue() == Grace.NONE
                        ? keys.rotate(caller.get(), key.id())
                        : keys.replace(caller.get(), key.id(), grace.getValue().time)));
    dialog.open();
  }

  private void show(FormDialog dialog, AccessKey.Fresh fresh) {
    changed.run();
    var profile = new Div();
    dialog.showInstead(
        "Access key " + fresh.summary().id(),
        "I have stored the secret",
        new Paragraph("The secret is shown this once. Nobody can look it up later."),
        new ShownOnce("Access key ID", fresh.summary().id()),
        new ShownOnce("Secret access key", fresh.secret()),
        profile);
    UI.getCurrent()
        .getPage()
        .fetchCurrentURL(
            url -> {
              String port = url.getPort() < 0 ? "" : ":" + url.getPort();
              profile.add(snippet(fresh, url.getProtocol() + "://" + url.getHost() + port));
            });
  }

  /// A profile for the AWS CLI and the SDKs.
  private Div snippet(AccessKey.Fresh fresh, String endpoint) {
    String text =
        """
        [profile gradus]
        region = %s
        endpoint_url = %s
        aws_access_key_id = %s
        aws_secret_access_key = %s
        """
            .formatted(region, endpoint, fresh.summary().id(), fresh.secret());
    var name = new Span("A profile for ~/.aws/config");
    name.addClassName("g-once-name");
    var head = new Div(name, new Copy(text, "profile"));
    head.addClassName("g-once-head");
    var hint = new Paragraph();
    hint.add(
        new Span("Then: "), new Code("aws stepfunctions list-state-machines --profile gradus"));
    hint.addClassName("g-secondary");
    var pre = new Pre(text);
    pre.getElement().setAttribute("tabindex", "0");
    var box = new Div(head, pre, hint);
    box.addClassName("g-once");
    return box;
  }
}
