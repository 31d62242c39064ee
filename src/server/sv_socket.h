/* Listening sockets. */
#ifndef LINNET_SV_SOCKET_H
#define LINNET_SV_SOCKET_H

/* Listens at host:port; "0" is any free port. Returns the socket, *port_out its number; or -1, said in the log. */
int sv_listen(const char *host, const char *port, int *port_out);

#endif
