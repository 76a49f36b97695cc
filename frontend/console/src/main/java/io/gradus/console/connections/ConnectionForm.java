package io.gradus.console.connections;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasComponents;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.service.connection.Connection;
import io.gradus.service.connection.ConnectionField;
import io.gradus.service.connection.ConnectionKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a kind of connection is asked for, as fields. Those that do not apply beside what is chosen
/// are not shown; secrets that are kept are not shown either, and stay where nothing is typed.
final class ConnectionForm extends Div {
  private static final long serialVersionUID = 1L;

  private final transient List<Input> inputs = new ArrayList<>();

  /// @param forget whether a secret that is kept shall go; null where none is, or it must be there
  private record Input(
      ConnectionField field, AbstractField<?, ?> component, @Nullable Checkbox forget) {
    String text() {
      Object value = component.getValue();
      return value == null ? "" : value.toString();
    }
  }

  /// @param kept the connection that is changed; null for a new one
  ConnectionForm(ConnectionKind kind, @Nullable Connection kept) {
    addClassName("g-form");
    var folded = new Div();
    folded.addClassName("g-form");
    var fold = new NativeDetails("What every call gets besides", folded);
    for (ConnectionField field : kind.fields()) {
      boolean there = kept != null && kept.secrets().contains(field.name());
      AbstractField<?, ?> component = component(field, value(field, kept), there);
      Checkbox forget = there && !field.required() ? forget(field, component) : null;
      inputs.add(new Input(field, component, forget));
      HasComponents place = isFolded(field) ? folded : this;
      place.add(component);
      if (forget != null) {
        place.add(forget);
      }
      if (isFolded(field) && kept != null && (there || kept.settings().containsKey(field.name()))) {
        fold.setOpen(true);
      }
      if (field.type() == ConnectionField.Type.CHOICE) {
        component.addValueChangeListener(change -> showWhatApplies());
      }
    }
    if (folded.getComponentCount() > 0) {
      add(fold);
    }
    showWhatApplies();
  }

  /// What most connections do without.
  private static boolean isFolded(ConnectionField field) {
    return field.type() == ConnectionField.Type.PAIRS && field.when() == null;
  }

  private static String value(ConnectionField field, @Nullable Connection kept) {
    if (field.secret()) {
      return "";
    }
    String otherwise = field.otherwise() == null ? "" : field.otherwise();
    return kept == null ? otherwise : kept.settings().getOrDefault(field.name(), "");
  }

  private static AbstractField<?, ?> component(ConnectionField field, String value, boolean kept) {
    String label = field.required() ? field.label() : field.label() + " (optional)";
    String help = kept ? "Kept, and not shown. Type another in its place." : field.help();
    return switch (field.type()) {
      case CHOICE -> choice(field, value);
      case PORT -> {
        var port = new IntegerField(field.label());
        port.setMin(1);
        port.setMax(65_535);
        port.setHelperText(help);
        if (!value.isEmpty()) {
          port.setValue(Integer.valueOf(value));
        }
        yield named(field, port);
      }
      case PAIRS, HOSTS, ENDPOINTS, CERTIFICATES -> {
        var lines = new TextArea(label);
        lines.setHelperText(help);
        lines.setValue(value);
        lines.setMinHeight("64px");
        lines.setMaxHeight("200px");
        lines.setWidthFull();
        lines.addClassName("g-mono-field");
        yield named(field, lines);
      }
      case TEXT, URL -> {
        if (field.secret()) {
          var secret = new PasswordField(label);
          secret.setHelperText(help);
          secret.setWidthFull();
          secret.getElement().setAttribute("autocomplete", "new-password");
          yield named(field, secret);
        }
        var text = new TextField(label);
        text.setHelperText(help);
        text.setValue(value);
        text.setWidthFull();
        text.getElement().setAttribute("autocomplete", "off");
        yield named(field, text);
      }
    };
  }

  private static Select<String> choice(ConnectionField field, String value) {
    var select = new Select<String>();
    select.setLabel(field.label());
    select.setItems(field.choices());
    select.setItemLabelGenerator(ConnectionForm::word);
    select.setValue(field.choices().contains(value) ? value : field.choices().getFirst());
    select.setHelperText(field.help());
    return named(field, select);
  }

  private static <C extends Component & HasSize> C named(ConnectionField field, C component) {
    component.getElement().setAttribute("data-field", field.name());
    component.setWidthFull();
    return component;
  }

  /// The word of a choice, as people write it.
  static String word(String choice) {
    return switch (choice) {
      case "API_KEY" -> "API key";
      case "OAUTH" -> "OAuth client credentials";
      case "TLS", "STARTTLS", "GET", "POST", "PUT" -> choice;
      default -> choice.charAt(0) + choice.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  private static Checkbox forget(ConnectionField field, AbstractField<?, ?> component) {
    var forget = new Checkbox("Forget the kept " + field.label().toLowerCase(Locale.ROOT));
    forget.addValueChangeListener(
        change -> component.getElement().setEnabled(!Boolean.TRUE.equals(change.getValue())));
    return forget;
  }

  private void showWhatApplies() {
    Map<String, String> chosen = new HashMap<>();
    for (Input input : inputs) {
      if (input.field().type() == ConnectionField.Type.CHOICE && input.field().appliesTo(chosen)) {
        chosen.put(input.field().name(), input.text());
      }
      boolean applies = input.field().appliesTo(chosen);
      input.component().setVisible(applies);
      if (input.forget() != null) {
        input.forget().setVisible(applies);
      }
    }
  }

  /// The settings as they are typed.
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    for (Input input : inputs) {
      if (!input.field().secret() && input.component().isVisible()) {
        settings.put(input.field().name(), input.text());
      }
    }
    return settings;
  }

  /// The secrets that are typed, and the empty text for those that shall go.
  Map<String, String> secrets() {
    Map<String, String> secrets = new HashMap<>();
    for (Input input : inputs) {
      if (!input.field().secret() || !input.component().isVisible()) {
        continue;
      }
      Checkbox forget = input.forget();
      if (forget != null && Boolean.TRUE.equals(forget.getValue())) {
        secrets.put(input.field().name(), "");
      } else if (!input.text().isEmpty()) {
        secrets.put(input.field().name(), input.text());
      }
    }
    return secrets;
  }
}
