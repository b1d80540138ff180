package dev.pounce.servlet.files;

import dev.pounce.rfc.Rfc9110Section13ConditionalRequestsTest;
import dev.pounce.testing.FileSite;

/** The same of the default servlet. */
class ServletConditionalRequestsTest extends Rfc9110Section13ConditionalRequestsTest {

    @Override
    protected void prepare(FileSite files) throws Exception {
        files.file("WEB-INF/web.xml", "<web-app/>");
    }
}
