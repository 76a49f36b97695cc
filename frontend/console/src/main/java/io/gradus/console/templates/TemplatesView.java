package io.gradus.console.templates;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.gradus.console.part.PageHeader;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.Links;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.template.Template.Category;
import io.gradus.service.template.TemplateService;
import jakarta.annotation.security.PermitAll;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The gallery as a page of its own; what is filtered for stands in its address.
@Route("t/:account([0-9]{12})/templates")
@PermitAll
public final class TemplatesView extends TenantPage {
  private static final long serialVersionUID = 1L;
  private static final String KIND = "kind";
  private static final String WORDS = "q";

  private final transient TemplateService templates;
  private @Nullable TemplateGallery gallery;

  /// Composes the page.
  public TemplatesView(SignedIn signedIn, TemplateService templates) {
    super(signedIn);
    this.templates = templates;
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    TemplateGallery shown = gallery;
    if (shown == null) {
      shown = new TemplateGallery(account(), templates, this::caller);
      shown.hideTitle();
      shown.onFilter(this::remember);
      gallery = shown;
      var header = new PageHeader("Templates");
      header.setMeta("Each runs at once on mocked services, so you need no AWS account.");
      add(header, shown);
    }
    QueryParameters query = event.getLocation().getQueryParameters();
    shown.show(
        new TemplateGallery.Filter(
            query.getSingleParameter(KIND).map(TemplatesView::category).orElse(null),
            query.getSingleParameter(WORDS).orElse("")));
  }

  private static @Nullable Category category(String kind) {
    for (Category category : Category.values()) {
      if (name(category).equals(kind)) {
        return category;
      }
    }
    return null;
  }

  private static String name(Category category) {
    return category.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void remember(TemplateGallery.Filter filter) {
    Map<String, String> query = new LinkedHashMap<>();
    if (filter.category() != null) {
      query.put(KIND, name(filter.category()));
    }
    if (!filter.words().isBlank()) {
      query.put(WORDS, filter.words().strip());
    }
    UI.getCurrent()
        .getPage()
        .getHistory()
        .replaceState(
            null, new Location(Links.templates(account()), QueryParameters.simple(query)));
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Templates"));
  }
}
