package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class StacksTest {

    @Test
    void theTimeOfTheKernelIsTheSystemCalls() {
        assertEquals(
                "kernel: writev",
                Stacks.owner(
                        "dev/pounce/server/Worker.run_[j]",
                        "writev",
                        "entry_SYSCALL_64_after_hwframe_[k]",
                        "do_syscall_64_[k]",
                        "__x64_sys_writev_[k]",
                        "tcp_sendmsg_[k]"));
        assertEquals(
                "kernel: write",
                Stacks.owner(
                        "dev/pounce/server/Worker.run_[j]",
                        "__GI_write",
                        "entry_SYSCALL_64_after_hwframe_[k]",
                        "do_syscall_64_[k]"));
        assertEquals(
                "kernel: asm_sysvec_apic_timer_interrupt",
                Stacks.owner(
                        "dev/pounce/server/Worker.run_[j]",
                        "asm_sysvec_apic_timer_interrupt_[k]",
                        "irq_exit_rcu_[k]"));
    }

    @Test
    void whatLibrariesDoIsThePackagesThatCalledThem() {
        assertEquals(
                "Pounce: servlet.io",
                Stacks.owner(
                        "dev/pounce/server/Worker.run_[j]",
                        "dev/pounce/servlet/io/EncodingWriter.write_[j]",
                        "java/lang/String.getChars_[i]",
                        "jbyte_disjoint_arraycopy"));
        assertEquals(
                "the application",
                Stacks.owner(
                        "dev/pounce/server/Worker.run_[j]",
                        "dev/pounce/bench/app/PageServlet.doGet_[j]",
                        "java/lang/String.concat_[j]"));
    }

    @Test
    void encodersAndTheJvmAreTheirOwn() {
        assertEquals(
                "encoder",
                Stacks.owner(
                        "dev/pounce/compress/ZstdEncoder.encode_[j]",
                        "com/github/luben/zstd/ZstdCompressCtx.x_[0]",
                        "ZSTD_compressStream2"));
        assertEquals(
                "the JVM's compilers and collector",
                Stacks.owner("start_thread", "CompileBroker::compiler_thread_loop()", "Parse::do"));
    }

    @Test
    void partsAreOfAllSamples() {
        Stacks stacks =
                Stacks.parse(
                        List.of(
                                "a;dev/pounce/server/Worker.run_[j] 30",
                                "a;dev/pounce/server/Turn.run_[j] 50",
                                "b;c 20"));
        assertEquals(
                """
                | whose          | % of the CPU time |
                |----------------|------------------:|
                | Pounce: server |              80.0 |
                | other          |              20.0 |
                """,
                stacks.owners());
    }
}
