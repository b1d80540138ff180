package guests;

import org.apache.wicket.Page;
import org.apache.wicket.protocol.http.WebApplication;

/** Pages with state, kept in the session and in files. */
public final class GuestsApplication extends WebApplication {

    @Override
    protected void init() {
        super.init();
        getCspSettings().blocking().disabled();
        mountPage("/upload", UploadPage.class);
    }

    @Override
    public Class<? extends Page> getHomePage() {
        return GuestsPage.class;
    }
}
