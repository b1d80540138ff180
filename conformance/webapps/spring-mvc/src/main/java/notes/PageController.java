package notes;

import jakarta.servlet.http.HttpSession;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.io.IOException;
import java.util.zip.CRC32;

/** The page with the notes, its form, and uploads. */
@Controller
public class PageController {
    private final NoteStore store;

    PageController(NoteStore store) {
        this.store = store;
    }

    @GetMapping("/")
    String page(Model model, HttpSession session) {
        Integer seen = (Integer) session.getAttribute("seen");
        int visits = seen == null ? 1 : seen + 1;
        session.setAttribute("seen", visits);
        model.addAttribute("visits", visits);
        model.addAttribute("notes", store.all());
        return "notes";
    }

    @PostMapping("/notes")
    String add(@RequestParam String text, RedirectAttributes flash) {
        if (text.isBlank()) {
            flash.addFlashAttribute("message", "A note needs a text.");
        } else {
            flash.addFlashAttribute("message", "Added " + store.add(text).id());
        }
        return "redirect:/";
    }

    @PostMapping("/upload")
    @ResponseBody
    String upload(@RequestParam MultipartFile file, @RequestParam String title) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(file.getBytes());
        return title
                + ": "
                + file.getOriginalFilename()
                + " "
                + file.getSize()
                + " "
                + Long.toHexString(sum.getValue());
    }
}
