package guests;

import org.apache.wicket.markup.html.WebPage;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.markup.html.form.Form;
import org.apache.wicket.markup.html.form.upload.FileUpload;
import org.apache.wicket.markup.html.form.upload.FileUploadField;
import org.apache.wicket.markup.html.link.ResourceLink;
import org.apache.wicket.model.Model;
import org.apache.wicket.request.resource.ByteArrayResource;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** An upload and a download. */
public final class UploadPage extends WebPage {
    private static final long serialVersionUID = 1L;

    private final Model<String> result = new Model<>("nothing yet");

    public UploadPage() {
        FileUploadField file = new FileUploadField("file");
        Form<Void> form =
                new Form<>("form") {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void onSubmit() {
                        FileUpload upload = file.getFileUpload();
                        CRC32 sum = new CRC32();
                        sum.update(upload.getBytes());
                        result.setObject(
                                upload.getClientFileName()
                                        + " "
                                        + upload.getSize()
                                        + " "
                                        + Long.toHexString(sum.getValue()));
                    }
                };
        form.setMultiPart(true);
        form.add(file);
        add(form);
        add(new Label("result", result));
        add(
                new ResourceLink<>(
                        "download",
                        new ByteArrayResource(
                                "text/plain",
                                "a line of a file\n".repeat(1_000).getBytes(StandardCharsets.UTF_8),
                                "lines.txt")));
    }
}
