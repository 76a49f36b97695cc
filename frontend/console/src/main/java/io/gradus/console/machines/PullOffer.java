package io.gradus.console.machines;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.di.Instantiator;
import io.gradus.service.Caller;
import io.gradus.service.pull.PullService;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The way to what an AWS account has, where a connection leads to one.
final class PullOffer extends Div {
  private static final long serialVersionUID = 1L;

  private final transient Supplier<Caller> caller;
  private final transient Consumer<PullPlan> taken;

  /// @param taken shows what there is to choose from
  PullOffer(Supplier<Caller> caller, Consumer<PullPlan> taken) {
    this.caller = caller;
    this.taken = taken;
    addClassName("g-import-pull");
  }

  @Override
  protected void onAttach(AttachEvent event) {
    removeAll();
    PullService pulls = Instantiator.get(event.getUI()).getOrCreate(PullService.class);
    List<PullService.Source> sources = pulls.sources(caller.get());
    if (sources.isEmpty()) {
      var how =
          new Paragraph(
              "State machines can be taken over from an AWS account, once an administrator has added"
                  + " a connection to it.");
      how.addClassName("g-secondary");
      add(how);
    } else {
      add(new Button("From AWS…", click -> taken.accept(new PullPlan(pulls, caller, sources))));
    }
  }
}
