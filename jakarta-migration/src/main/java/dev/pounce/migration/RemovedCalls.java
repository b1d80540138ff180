package dev.pounce.migration;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.HttpSession;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Interfaces;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends calls of methods that the servlet API does not have any more to {@link RemovedMethods},
 * those of a wrapper's super class to {@link RemovedWrapperMethods}, and takes the removed marker
 * interface {@code SingleThreadModel} off. The rest of a class stays as it is: a call of a static
 * method with the object as its first argument leaves the same on the stack, so even the verifier's
 * frames stay.
 */
final class RemovedCalls {
    private static final ClassDesc TARGET = ClassDesc.of(RemovedMethods.class.getName());
    private static final ClassDesc WRAPPER_TARGET =
            ClassDesc.of(RemovedWrapperMethods.class.getName());
    private static final String HTTP_UTILS = "jakarta/servlet/http/HttpUtils";
    private static final String SINGLE_THREAD_MODEL = "jakarta/servlet/SingleThreadModel";

    private static final List<Class<?>> OWNERS =
            List.of(
                    ServletContext.class,
                    ServletRequest.class,
                    ServletRequestWrapper.class,
                    HttpServletRequest.class,
                    HttpServletRequestWrapper.class,
                    HttpServletResponse.class,
                    HttpServletResponseWrapper.class,
                    HttpSession.class);

    /** By owner, name and descriptor of the removed method; the descriptor of its stand-in. */
    private static final Map<String, MethodTypeDesc> STAND_INS = standIns();

    private static final ClassFile CLASS_FILE =
            ClassFile.of(
                    ClassFile.StackMapsOption.DROP_STACK_MAPS,
                    ClassFile.DeadCodeOption.KEEP_DEAD_CODE);

    private RemovedCalls() {}

    private static Map<String, MethodTypeDesc> standIns() {
        Map<String, MethodTypeDesc> found = new HashMap<>();
        for (Method method : RemovedMethods.class.getDeclaredMethods()) {
            if (!Modifier.isPublic(method.getModifiers())) {
                continue;
            }
            MethodType type =
                    MethodType.methodType(method.getReturnType(), method.getParameterTypes());
            MethodTypeDesc target = type.describeConstable().orElseThrow();
            String own = method.getName() + target.descriptorString();
            found.put(HTTP_UTILS + '.' + own, target);
            String removed =
                    method.getName() + type.dropParameterTypes(0, 1).toMethodDescriptorString();
            for (Class<?> owner : OWNERS) {
                if (method.getParameterTypes()[0].isAssignableFrom(owner)) {
                    found.put(owner.getName().replace('.', '/') + '.' + removed, target);
                }
            }
        }
        return Map.copyOf(found);
    }

    private static @Nullable MethodTypeDesc standIn(String owner, String name, String descriptor) {
        return STAND_INS.get(owner + '.' + name + descriptor);
    }

    /**
     * Rewrites a class.
     *
     * @return null when it calls nothing that was removed
     * @throws IllegalArgumentException when it is no class file
     */
    static byte @Nullable [] rewrite(byte[] bytes) {
        ClassModel model = CLASS_FILE.parse(bytes);
        if (!isConcerned(model)) {
            return null;
        }
        return CLASS_FILE.transformClass(
                model,
                (target, element) -> {
                    switch (element) {
                        case Interfaces interfaces ->
                                target.withInterfaces(
                                        interfaces.interfaces().stream()
                                                .filter(each -> !isSingleThreadModel(each))
                                                .toList());
                        case MethodModel method ->
                                target.transformMethod(
                                        method,
                                        (rewritten, part) -> {
                                            if (part instanceof CodeAttribute code) {
                                                rewritten.transformCode(code, new Redirect(code));
                                            } else {
                                                rewritten.with(part);
                                            }
                                        });
                        default -> target.with(element);
                    }
                });
    }

    private static boolean isSingleThreadModel(ClassEntry type) {
        return type.asInternalName().equals(SINGLE_THREAD_MODEL);
    }

    private static boolean isConcerned(ClassModel model) {
        for (PoolEntry entry : model.constantPool()) {
            boolean concerned =
                    switch (entry) {
                        case ClassEntry type -> isSingleThreadModel(type);
                        case MemberRefEntry member ->
                                standIn(
                                                member.owner().asInternalName(),
                                                member.name().stringValue(),
                                                member.type().stringValue())
                                        != null;
                        default -> false;
                    };
            if (concerned) {
                return true;
            }
        }
        return false;
    }

    /** Of the code of one method. */
    private record Redirect(CodeModel code) implements CodeTransform {

        @Override
        public void accept(CodeBuilder target, CodeElement element) {
            if (element instanceof InvokeInstruction call) {
                MethodTypeDesc standIn =
                        standIn(
                                call.owner().asInternalName(),
                                call.name().stringValue(),
                                call.type().stringValue());
                if (standIn != null) {
                    boolean isSuper = call.opcode() == Opcode.INVOKESPECIAL;
                    target.invokestatic(
                            isSuper ? WRAPPER_TARGET : TARGET, call.name().stringValue(), standIn);
                    return;
                }
            }
            target.with(element);
        }

        @Override
        public void atEnd(CodeBuilder target) {
            code.findAttribute(Attributes.stackMapTable()).ifPresent(target::with);
        }
    }
}
