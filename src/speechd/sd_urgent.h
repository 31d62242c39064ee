/* Which thread the kernel runs first when several of the module want a processor. */
#ifndef LINNET_SD_URGENT_H
#define LINNET_SD_URGENT_H

/* The calling thread runs soon after it is woken, although others compute: it asks for a short time slice, which needs
 * no privilege and takes nothing from other programs. Threads that it starts later inherit that. Linux 6.12 and later;
 * elsewhere nothing changes. */
void sd_be_urgent(void);

#endif
