/* The program that the exec measurements start. */
int main(void) { return 0; }
