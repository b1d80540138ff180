package dev.pounce.servlet.files;

import dev.pounce.rfc.FileRepresentationsTest;
import dev.pounce.testing.FileSite;

/** The same of the default servlet. */
class ServletFileRepresentationsTest extends FileRepresentationsTest {

    @Override
    protected void prepare(FileSite files) throws Exception {
        super.prepare(files);
        files.file("WEB-INF/web.xml", "<web-app/>");
    }
}
