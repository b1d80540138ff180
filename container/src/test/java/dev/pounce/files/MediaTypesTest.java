package dev.pounce.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {

    @ParameterizedTest
    @CsvSource({
        "index.html, text/html; charset=utf-8",
        "app.MJS, text/javascript; charset=utf-8",
        "a.tar.gz, application/gzip",
        "table.xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "segment.ts, video/mp2t",
        "font.woff2, font/woff2",
        "module.wasm, application/wasm",
    })
    void theExtensionTellsTheType(String name, String type) {
        assertEquals(type, MediaTypes.of(name));
    }

    @Test
    void whatIsNotKnownIsBytes() {
        assertEquals("application/octet-stream", MediaTypes.of("file.unheard-of"));
        assertNull(MediaTypes.find("README"));
    }
}
