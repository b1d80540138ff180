package dev.pounce.servlet.context;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The charsets of locales, by the names that {@link Locale#toString} gives them or by languages:
 * what an application has declared, and else, where it has named no charset for all its responses,
 * the customary ones, without which text in these languages would be lost (Servlet specification,
 * section 5.6). Filled while the application starts, then only read.
 */
final class LocaleCharsets {
    private static final Map<String, String> CUSTOMARY = new HashMap<>();

    static {
        customary("ISO-8859-2", "cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq");
        customary("ISO-8859-5", "be", "bg", "mk", "ru", "sr", "uk");
        customary("ISO-8859-6", "ar");
        customary("ISO-8859-7", "el");
        customary("ISO-8859-8", "he", "iw");
        customary("ISO-8859-9", "tr");
        customary("ISO-8859-13", "et", "lt", "lv");
        customary("Shift_JIS", "ja");
        customary("EUC-KR", "ko");
        customary("GB2312", "zh");
        customary("Big5", "zh_TW", "zh_HK");
    }

    private final Map<String, String> declared = new HashMap<>();

    /** A runtime without the module jdk.charsets has not all of them. */
    private static void customary(String charset, String... locales) {
        if (Charset.isSupported(charset)) {
            for (String locale : locales) {
                CUSTOMARY.put(locale, charset);
            }
        }
    }

    /** Adds what was declared; what is there stays. */
    void add(Map<String, String> byLocale) {
        byLocale.forEach(declared::putIfAbsent);
    }

    /**
     * The name of a locale's charset, or null.
     *
     * @param all the charset of all responses, or null
     */
    @Nullable String of(Locale locale, @Nullable String all) {
        String own = find(declared, locale);
        return own != null || all != null ? own : find(CUSTOMARY, locale);
    }

    private static @Nullable String find(Map<String, String> charsets, Locale locale) {
        for (String name : List.of(locale.toString(), locale.getLanguage())) {
            String charset = charsets.get(name);
            if (charset != null) {
                return charset;
            }
        }
        return null;
    }
}
