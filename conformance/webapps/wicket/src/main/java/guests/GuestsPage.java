package guests;

import org.apache.wicket.ajax.AjaxRequestTarget;
import org.apache.wicket.ajax.markup.html.AjaxLink;
import org.apache.wicket.markup.html.WebPage;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.markup.html.form.Form;
import org.apache.wicket.markup.html.form.TextField;
import org.apache.wicket.markup.html.link.Link;
import org.apache.wicket.markup.html.list.ListItem;
import org.apache.wicket.markup.html.list.ListView;
import org.apache.wicket.markup.html.panel.FeedbackPanel;
import org.apache.wicket.model.Model;
import org.apache.wicket.model.PropertyModel;

import java.util.ArrayList;
import java.util.List;

/** Guests of one visitor: a form with checks, a link with state, and Ajax. */
public final class GuestsPage extends WebPage {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> guests = new ArrayList<>();
    private int clicks;

    public GuestsPage() {
        add(new FeedbackPanel("feedback"));
        Model<String> name = new Model<>();
        Form<Void> form =
                new Form<>("form") {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void onSubmit() {
                        guests.add(name.getObject());
                        name.setObject(null);
                    }
                };
        form.add(new TextField<>("name", name).setRequired(true));
        add(form);
        add(
                new ListView<>("guests", new PropertyModel<List<String>>(this, "guests")) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void populateItem(ListItem<String> item) {
                        item.add(new Label("guest", item.getModel()));
                    }
                });
        Label count = new Label("clicks", new PropertyModel<Integer>(this, "clicks"));
        add(count.setOutputMarkupId(true));
        add(
                new Link<Void>("link") {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public void onClick() {
                        clicks++;
                    }
                });
        add(
                new AjaxLink<Void>("ajax") {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public void onClick(AjaxRequestTarget target) {
                        clicks++;
                        target.add(count);
                    }
                });
    }
}
