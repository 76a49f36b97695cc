package io.gradus.console.machines;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.console.part.FormDialog;
import io.gradus.service.definition.AliasService;
import io.gradus.service.definition.AliasService.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks for an alias: its name, and the one or two versions that it stands for.
final class AliasDialog {
  private static final int MAX_NAME = 80;
  private static final int MAX_DESCRIPTION = 256;
  private static final int WHOLE = 100;

  private final TextField name = new TextField("Name");
  private final TextField description = new TextField("Description");
  private final ComboBox<String> first = new ComboBox<>("Version");
  private final ComboBox<String> second = new ComboBox<>("Second version (optional)");
  private final IntegerField share = new IntegerField("Its share of the starts, in percent");

  /// What was asked for.
  record Wanted(String name, String description, List<Route> routes) {
    Wanted {
      routes = List.copyOf(routes);
    }
  }

  /// @param versions their ARNs, newest first
  /// @param before the alias to change; null for a new one
  AliasDialog(List<String> versions, AliasService.@Nullable View before) {
    name.setMaxLength(MAX_NAME);
    name.setPlaceholder("Such as live or canary");
    name.setRequiredIndicatorVisible(true);
    description.setMaxLength(MAX_DESCRIPTION);
    for (var field : List.of(first, second)) {
      field.setItems(versions);
      field.setItemLabelGenerator(arn -> "Version " + qualifier(arn));
      field.setWidthFull();
    }
    name.setWidthFull();
    description.setWidthFull();
    share.setWidthFull();
    share.setMin(0);
    share.setMax(WHOLE);
    share.setStepButtonsVisible(true);
    share.setValue(WHOLE / 10);
    second.setClearButtonVisible(true);
    second.setHelperText("A new version can be given a part of the starts at first.");
    second.addValueChangeListener(change -> share.setVisible(change.getValue() != null));
    share.setVisible(false);
    first.setRequiredIndicatorVisible(true);
    if (before == null) {
      first.setValue(versions.getFirst());
      return;
    }
    name.setValue(before.name());
    name.setReadOnly(true);
    description.setValue(before.description() == null ? "" : before.description());
    first.setValue(before.routes().getFirst().versionArn());
    if (before.routes().size() > 1) {
      second.setValue(before.routes().getLast().versionArn());
      share.setValue(before.routes().getLast().weight());
    }
  }

  /// @param wanted is told what was asked for; what it refuses is shown in the dialog
  void open(String title, String verb, Consumer<Wanted> wanted) {
    var dialog = new FormDialog(title, verb);
    dialog
        .with(
            new Span("Who starts the alias starts what it stands for at that moment."),
            name,
            description,
            first,
            second,
            share)
        .doingAndStaying(
            () -> {
              if (isComplete()) {
                wanted.accept(
                    new Wanted(name.getValue().strip(), description.getValue().strip(), routes()));
                dialog.close();
              }
            })
        .open();
    (name.isReadOnly() ? first : name).focus();
  }

  private boolean isComplete() {
    require(name.getValue().isBlank(), name::setInvalid, name::setErrorMessage, "Give it a name");
    require(first.isEmpty(), first::setInvalid, first::setErrorMessage, "Choose a version");
    boolean shareMissing = share.isVisible() && (share.isEmpty() || share.isInvalid());
    require(
        shareMissing, share::setInvalid, share::setErrorMessage, "A whole number from 0 to 100");
    return !name.isInvalid() && !first.isInvalid() && !shareMissing;
  }

  private static void require(
      boolean missing, Consumer<Boolean> mark, Consumer<String> say, String sentence) {
    say.accept(missing ? sentence : "");
    mark.accept(missing);
  }

  private List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    int other = share.isVisible() ? share.getValue() : 0;
    routes.add(new Route(first.getValue(), WHOLE - other));
    if (share.isVisible()) {
      routes.add(new Route(second.getValue(), other));
    }
    return routes;
  }

  /// The version's number or the alias's name, which ends the ARN.
  static String qualifier(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
