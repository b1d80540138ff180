package dev.pounce.servlet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.Account;
import dev.pounce.password.StoredPassword;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The format of tomcat-users.xml. */
class UsersReaderTest {

    private static List<Account> read(String users, String algorithm) throws DescriptorException {
        String document = "<tomcat-users>\n" + users + "</tomcat-users>";
        return UsersReader.read(
                new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), algorithm);
    }

    @Test
    void usersHaveTheirRolesAndThoseOfTheirGroups() throws Exception {
        List<Account> users =
                read(
                        """
                        <role rolename="a"/>
                        <group groupname="g" roles="b, c"/>
                        <user username="ada" password="x" roles="a" groups="g"/>
                        <user name="bob" password="y"/>
                        """,
                        StoredPassword.PLAIN);
        assertEquals("ada", users.get(0).name());
        assertEquals(Set.of("a", "b", "c"), users.get(0).roles());
        assertTrue(users.get(0).password().matches("ada", "x"));
        assertEquals("bob", users.get(1).name());
        assertEquals(Set.of(), users.get(1).roles());
    }

    @Test
    void passwordsAreHashedAsTheConfigurationOrTheySay() throws Exception {
        List<Account> users =
                read(
                        """
                        <user name="a" password="5f4dcc3b5aa765d61d8327deb882cf99"/>
                        <user name="b" password="{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g="/>
                        """,
                        "MD5");
        for (Account each : users) {
            assertTrue(each.password().matches(each.name(), "password"), each.name());
        }
        Account plain =
                read("<user name='a' password='5f4dcc3b5aa765d61d8327deb882cf99a0a0a0a0'/>", "none")
                        .get(0);
        assertTrue(plain.password().isPlain() && plain.password().looksHashed());
    }

    @ParameterizedTest
    @CsvSource({
        "<user name='a'/>,<user> needs a username and a password",
        "<user password='a'/>,<user> needs a username and a password",
        "<user name='a' password='x' groups='g'/>,is in a group that there is not: g",
        "<user name='a' password='{MD5}x-'/>,the password of the user a cannot be read",
        "<group roles='a'/>,<group> needs a groupname"
    })
    void whatIsMalformedIsNamedWithItsLine(String element, String message) {
        DescriptorException e =
                assertThrows(DescriptorException.class, () -> read(element, "none"));
        assertTrue(e.getMessage().startsWith("2:2: "), e.getMessage());
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
