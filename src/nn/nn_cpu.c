/* CPU features, see nn_cpu.h. On x86 a wide register is usable only if the CPU has it and the operating system saves it
 * when it switches threads; XCR0 tells the latter, and OSXSAVE that XCR0 can be read (Intel SDM volume 1,
 * section 14.3). */
#include "nn/nn_cpu.h"

#if defined(__x86_64__)
#include "base/compiler.h"
#include <cpuid.h>
#include <stdint.h>

#define XCR0_AVX 0x06u    /* XMM and the upper halves of YMM */
#define XCR0_AVX512 0xE6u /* those, mask registers, upper halves of ZMM, ZMM16 to 31 */

static bool os_saves(uint32_t state)
{
    unsigned eax, ebx, ecx, edx;
    if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & bit_OSXSAVE))
        return false;
    return (base_read_xcr0() & state) == state;
}

bool nn_cpu_has_avx2(void)
{
    unsigned eax, ebx, ecx, edx;
    if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & bit_AVX) || !(ecx & bit_FMA))
        return false;
    if (!__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) || !(ebx & bit_AVX2))
        return false;
    return os_saves(XCR0_AVX);
}

bool nn_cpu_has_avx512(void)
{
    unsigned eax, ebx, ecx, edx;
    const unsigned wanted = bit_AVX512F | bit_AVX512BW | bit_AVX512DQ | bit_AVX512VL;
    if (!nn_cpu_has_avx2() || !__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) || (ebx & wanted) != wanted)
        return false;
    return os_saves(XCR0_AVX512);
}

/* Bits that old <cpuid.h> lack: leaf 7, subleaf 0 ECX and subleaf 1 EAX. */
#define AVX512VNNI (1u << 11)
#define AVXVNNI (1u << 4)

bool nn_cpu_has_avxvnni(void)
{
    unsigned eax, ebx, ecx, edx;
    return nn_cpu_has_avx2() && __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && eax >= 1 &&
           __get_cpuid_count(7, 1, &eax, &ebx, &ecx, &edx) && (eax & AVXVNNI);
}

bool nn_cpu_has_avx512vnni(void)
{
    unsigned eax, ebx, ecx, edx;
    return nn_cpu_has_avx512() && __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && (ecx & AVX512VNNI);
}

#elif defined(__aarch64__) && defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>

bool nn_cpu_has_dotprod(void)
{
    return getauxval(AT_HWCAP) & HWCAP_ASIMDDP;
}

bool nn_cpu_has_i8mm(void)
{
    return getauxval(AT_HWCAP2) & HWCAP2_I8MM;
}

#else

bool nn_cpu_has_dotprod(void)
{
    return false;
}

bool nn_cpu_has_i8mm(void)
{
    return false;
}

#endif
