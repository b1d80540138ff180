package dev.pounce.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pounce.protocol.RequestHead;
import dev.pounce.protocol.RequestParser;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

/** Which requests another site's page has made (Fetch Metadata, RFC 9110 section 10.1.3). */
class CrossSiteTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    same-origin | cors     | empty    | -                       | false
                    same-site   | cors     | empty    | -                       | false
                    none        | navigate | document | -                       | false
                    cross-site  | no-cors  | script   | -                       | true
                    cross-site  | cors     | empty    | -                       | true
                    cross-site  | navigate | document | https://evil.example/   | false
                    cross-site  | navigate | iframe   | -                       | true
                    cross-site  | navigate | -        | -                       | true
                    cross-site  | -        | -        | -                       | true
                    Same-Origin | cors     | empty    | -                       | true
                    -           | -        | -        | -                       | false
                    -           | -        | -        | https://shop.example/a  | false
                    -           | -        | -        | http://SHOP.example:81/ | false
                    -           | -        | -        | https://evil.example/   | true
                    -           | -        | -        | https://ashop.example/  | true
                    -           | -        | -        | about:blank             | true
                    -           | -        | -        | https://a b/            | true
                    same-origin | cors     | empty    | https://evil.example/   | false
                    """)
    void byFetchMetadataElseByReferer(
            String site, String mode, String dest, String referer, boolean isCrossSite)
            throws Exception {
        StringBuilder head = new StringBuilder("GET / HTTP/1.1\r\nHost: shop.example:8443\r\n");
        append(head, "Sec-Fetch-Site", site);
        append(head, "Sec-Fetch-Mode", mode);
        append(head, "Sec-Fetch-Dest", dest);
        append(head, "Referer", referer);
        byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        RequestHead parsed = new RequestHead();
        new RequestParser(2000, 1000, 10).parse(bytes, 0, bytes.length, parsed);
        assertEquals(isCrossSite, CrossSite.isCrossSite(parsed));
    }

    private static void append(StringBuilder head, String name, String value) {
        if (value != null) {
            head.append(name).append(": ").append(value).append("\r\n");
        }
    }
}
