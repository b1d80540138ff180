package dev.pounce.servlet.files;

import dev.pounce.rfc.Rfc9110Section14RangeRequestsTest;
import dev.pounce.testing.FileSite;

/** The same of the default servlet. */
class ServletRangeRequestsTest extends Rfc9110Section14RangeRequestsTest {

    @Override
    protected void prepare(FileSite files) throws Exception {
        files.file("WEB-INF/web.xml", "<web-app/>");
    }
}
