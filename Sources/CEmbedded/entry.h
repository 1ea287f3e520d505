// An entry of the table in embedded.c, of the file at PATH. It has no include guard, for it is included once for each file.
{
    &PATH[sizeof "../../" - 1],
    (const unsigned char[]){
#embed PATH
    },
    sizeof(const unsigned char[]){
#embed PATH
    },
},
#undef PATH
