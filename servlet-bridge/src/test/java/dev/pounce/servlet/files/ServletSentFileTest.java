package dev.pounce.servlet.files;

import dev.pounce.files.SentFileTest;
import dev.pounce.testing.FileSite;

/** The same of the default servlet. */
class ServletSentFileTest extends SentFileTest {

    @Override
    protected void prepare(FileSite files) throws Exception {
        super.prepare(files);
        files.file("WEB-INF/web.xml", "<web-app/>");
    }
}
