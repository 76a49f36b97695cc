package io.gradus.console.machines.studio;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.service.teststate.StateTest;
import org.jspecify.annotations.Nullable;

/// An error in the place of a result, so that Retry and Catch can be tried.
final class GivenError extends Details {
  private static final long serialVersionUID = 1L;

  /// AWS's longest name of an error and longest cause, in characters.
  private static final int MAX_ERROR = 256;

  private static final int MAX_CAUSE = 32_768;

  /// As often as a Retry can say.
  private static final int MOST_RETRIES = 99_999_999;

  private final TextField error = new TextField("Error");
  private final TextArea cause = new TextArea("Cause");
  private final IntegerField retries = new IntegerField("Retried before");

  GivenError() {
    setSummaryText("Given error, to try Retry and Catch");
    setWidthFull();
    error.setPlaceholder("Lambda.TooManyRequestsException");
    error.setMaxLength(MAX_ERROR);
    error.setWidthFull();
    cause.setMaxLength(MAX_CAUSE);
    cause.setWidthFull();
    retries.setMin(0);
    retries.setMax(MOST_RETRIES);
    retries.setStepButtonsVisible(true);
    retries.setHelperText(
        "How often the state was retried before. After the last retry, Catch is next.");
    retries.setWidthFull();
    var fields = new Div(error, cause, retries);
    fields.addClassName("g-start-body");
    add(fields);
  }

  /// Null where no error is given.
  StateTest.@Nullable MockedError value() {
    if (error.isEmpty() && cause.isEmpty()) {
      return null;
    }
    return new StateTest.MockedError(
        error.isEmpty() ? null : error.getValue().strip(),
        cause.isEmpty() ? null : cause.getValue());
  }

  /// How often it was retried before; null where that is not said.
  @Nullable Integer retries() {
    Integer times = retries.getValue();
    return times == null || times < 0 ? null : times;
  }
}
